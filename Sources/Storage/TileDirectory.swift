import Cryptography
import Foundation
import Log

/// A log as a directory of files: `genesis.json`, `checkpoint` and tiles in the layout of C2SP tlog-tiles.
public struct TileDirectory: LogSource {
  /// The genesis document's file.
  public static let genesisName = "genesis.json"
  /// The checkpoint's file.
  public static let checkpointName = "checkpoint"
  private static let largestFile = TilePath.fullWidth * (SignedLine.maximumLength + 2)

  /// The directory.
  public let directory: String
  private let size: Int

  /// The log in `directory`.
  public init(_ directory: String) throws(StorageError) {
    self.directory = directory
    guard Self.exists(directory) else { throw .noLog("there is no exported log in \(directory)") }
    let checkpoint = try Self.readFile(directory + "/" + Self.checkpointName)
    // An unreadable checkpoint is for the auditor to name; without a size nothing else can be read.
    size = (try? CosignedCheckpoint(checkpoint).checkpoint.size) ?? 0
  }

  /// Whether `directory` looks like an exported log.
  public static func exists(_ directory: String) -> Bool {
    FileManager.default.fileExists(atPath: directory + "/" + checkpointName)
  }

  private static func readFile(_ path: String) throws(StorageError) -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .damaged("\(path) is missing") }
    defer { try? handle.close() }
    return try LogStore.attempt(path) {
      let data = try handle.read(upToCount: largestFile + 1) ?? Data()
      guard data.count <= largestFile else { throw StorageError.damaged("\(path) is larger than any file of a log") }
      return [UInt8](data)
    }
  }

  /// `genesis.json`.
  public func genesis() throws(StorageError) -> [UInt8] { try Self.readFile(directory + "/" + Self.genesisName) }

  /// `checkpoint`.
  public func checkpoint() throws(StorageError) -> [UInt8]? {
    try Self.readFile(directory + "/" + Self.checkpointName)
  }

  private func width(_ index: Int, of count: Int) -> Int {
    min(TilePath.fullWidth, count - index * TilePath.fullWidth)
  }

  /// The leaves of `range`, out of their bundles.
  public func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] {
    guard range.upperBound <= size, !range.isEmpty else { throw .damaged("\(directory) has \(size) entries") }
    var leaves: [[UInt8]] = []
    for index in (range.lowerBound / TilePath.fullWidth)...((range.upperBound - 1) / TilePath.fullWidth) {
      let path = TilePath(.entries, index: index, width: width(index, of: size))
      let bytes = try Self.readFile("\(directory)/\(path)")
      let first = index * TilePath.fullWidth
      do {
        let bundle = try EntryBundle.decode(bytes, count: path.width)
        let wanted = range.clamped(to: first..<(first + path.width))
        leaves += bundle[(wanted.lowerBound - first)..<(wanted.upperBound - first)]
      } catch {
        throw .damaged("\(path): \(error.sentence)")
      }
    }
    return leaves
  }

  /// The first `width` hashes of a tile, out of its file.
  public func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    let count = size >> (TilePath.height * level)
    let path = TilePath(.hashes(level: level), index: index, width: self.width(index, of: count))
    let bytes = try Self.readFile("\(directory)/\(path)")
    guard bytes.count == path.width * Digest.length, width <= path.width else {
      throw .damaged("\(path) has \(bytes.count) bytes instead of \(path.width * Digest.length)")
    }
    return (0..<width).map { Digest(bytes[($0 * Digest.length)..<(($0 + 1) * Digest.length)])! }
  }

  /// Files that a tree of `size` leaves does not have, sorted.
  public func strangers(size: Int) throws(StorageError) -> [String] {
    guard let names = FileManager.default.enumerator(atPath: directory) else {
      throw .failed("\(directory) cannot be listed")
    }
    var strangers: [String] = []
    for case let name as String in names where name != Self.genesisName && name != Self.checkpointName {
      if TilePath(name)?.isPart(of: size) == true { continue }
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
      if !isDirectory.boolValue { strangers.append(name) }
    }
    return strangers.sorted()
  }
}
