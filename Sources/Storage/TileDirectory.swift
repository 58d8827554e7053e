import Cryptography
import Foundation
import Log

/// A log as a directory of files: `genesis.json`, `checkpoint` and tiles in the layout of C2SP tlog-tiles.
public struct TileDirectory: TiledSource {
  /// The directory.
  public let place: String
  /// The checkpoint that was there when the directory was opened.
  public let opening: [UInt8]
  /// How many leaves its tree has.
  public let size: Int

  /// The log in `directory`.
  public init(_ directory: String) throws(StorageError) {
    place = directory
    guard let checkpoint = try Self.read("\(directory)/\(TileFile.checkpoint)", limit: TileFile.largestDocument) else {
      throw .noLog("there is no exported log in \(directory)")
    }
    opening = checkpoint
    size = Self.size(of: checkpoint)
  }

  /// Whether `directory` looks like an exported log.
  public static func exists(_ directory: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(directory)/\(TileFile.checkpoint)")
  }

  /// The file called `name`.
  public func file(_ name: String, limit: Int) throws(StorageError) -> [UInt8]? {
    try Self.read("\(place)/\(name)", limit: limit)
  }

  private static func read(_ path: String, limit: Int) throws(StorageError) -> [UInt8]? {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      throw .failed("\(path) cannot be read")
    }
    defer { try? handle.close() }
    return try LogStore.attempt(path) {
      let data = try handle.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else { throw StorageError.damaged("\(path) is larger than any such file of a log") }
      return [UInt8](data)
    }
  }

  /// Files that a tree of `size` leaves does not have, sorted.
  ///
  /// While others write the directory it has more: a partial tile of an earlier size, which must be the beginning of what
  /// its tile is now; tiles ahead of the checkpoint, up to the one that is announced; files under the name that they have
  /// before they are whole.
  public func strangers(size: Int) throws(StorageError) -> [String] {
    var strangers: [String] = []
    let names = try names()
    let announced = try announcedSize()
    for name in names where !TileFile.named.contains(name) {
      if let tile = TilePath(name) {
        if tile.isPart(of: size) || tile.isAhead(of: size) && !tile.isAhead(of: announced) { continue }
        if let grown = tile.grown(in: size), try holds(grown, since: tile) { continue }
      }
      if name.hasSuffix(DurableFile.unfinished) { continue }
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(place)/\(name)", isDirectory: &isDirectory)
      if !isDirectory.boolValue { strangers.append(name) }
    }
    return strangers.sorted()
  }

  /// All files and directories below the directory.
  func names() throws(StorageError) -> [String] {
    guard let names = FileManager.default.subpaths(atPath: place) else { throw .failed("\(place) cannot be listed") }
    return names
  }

  /// How many leaves the log has or is about to have: that of the next checkpoint while tiles are written for it, else that
  /// of the checkpoint as it is now.
  private func announcedSize() throws(StorageError) -> Int {
    var size = 0
    for name in [TileFile.nextCheckpoint, TileFile.checkpoint] {
      if let bytes = try file(name, limit: TileFile.largestDocument) { size = max(size, Self.size(of: bytes)) }
    }
    return size
  }

  /// Whether the file of `tile` begins with that of `earlier`, which is whole, or has gone meanwhile.
  private func holds(_ tile: TilePath, since earlier: TilePath) throws(StorageError) -> Bool {
    guard let before = try file(earlier.description, limit: TileFile.largestBundle) else { return true }
    let now = try self.tile(tile, limit: TileFile.largestBundle).bytes
    let isWhole =
      if case .hashes = earlier.content {
        before.count == earlier.width * Digest.length
      } else {
        (try? EntryBundle.decode(before, count: earlier.width)) != nil
      }
    return isWhole && now.starts(with: before)
  }
}

extension TilePath {
  /// Whether it has elements that a tree of `size` leaves does not have yet.
  fileprivate func isAhead(of size: Int) -> Bool {
    let count = if case .hashes(let level) = content { size >> (Self.height * level) } else { size }
    return index <= Int.max / Self.fullWidth - 1 && index * Self.fullWidth + width > count
  }

  /// The wider tile that a tree of `size` leaves has in this one's place.
  func grown(in size: Int) -> TilePath? {
    let count = if case .hashes(let level) = content { size >> (Self.height * level) } else { size }
    guard index <= count / Self.fullWidth else { return nil }
    let now = min(Self.fullWidth, count - index * Self.fullWidth)
    return width < now ? TilePath(content, index: index, width: now) : nil
  }
}
