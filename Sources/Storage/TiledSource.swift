import Cryptography
import Log
import Synchronization

/// A log as files in the layout of C2SP tlog-tiles, wherever they are.
///
/// It reads the log of one checkpoint, the one that was there when it was opened: a log that grows meanwhile is the same
/// log up to there.
public protocol TiledSource: LogSource {
  /// How people name the place.
  var place: String { get }
  /// The checkpoint that was there when the source was opened.
  var opening: [UInt8] { get }
  /// How many leaves its tree has; 0 where it cannot be read, which is for the auditor to say.
  var size: Int { get }
  /// The file called `name`, of at most `limit` bytes; nil where there is none.
  func file(_ name: String, limit: Int) throws(StorageError) -> [UInt8]?
}

/// The names and sizes of the files of a log.
public enum TileFile {
  /// The genesis document.
  public static let genesis = "genesis.json"
  /// The checkpoint.
  public static let checkpoint = "checkpoint"
  /// The checkpoint to come, while the tiles for it are written.
  public static let nextCheckpoint = "checkpoint.next"
  /// All but the tiles.
  static let named: Set = [genesis, checkpoint, nextCheckpoint]
  /// The most bytes of either.
  public static let largestDocument = 1 << 20
  /// The most bytes of an entry bundle.
  public static let largestBundle = TilePath.fullWidth * (SignedLine.maximumLength + 2)
}

extension TiledSource {
  /// The size of the tree that the checkpoint `bytes` speak of; 0 where they are none.
  static func size(of bytes: [UInt8]) -> Int { (try? CosignedCheckpoint(bytes).checkpoint.size) ?? 0 }

  private func required(_ name: String, limit: Int) throws(StorageError) -> [UInt8] {
    guard let bytes = try file(name, limit: limit) else { throw .damaged("\(place)/\(name) is missing") }
    return bytes
  }

  /// `genesis.json`.
  public func genesis() throws(StorageError) -> [UInt8] {
    try required(TileFile.genesis, limit: TileFile.largestDocument)
  }

  /// `checkpoint`.
  public func checkpoint() throws(StorageError) -> [UInt8]? { opening }

  /// The leaves of `range`, out of their bundles.
  public func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] {
    guard range.upperBound <= size, !range.isEmpty else { throw .damaged("\(place) has \(size) entries") }
    var leaves: [[UInt8]] = []
    for index in (range.lowerBound / TilePath.fullWidth)...((range.upperBound - 1) / TilePath.fullWidth) {
      let path = TilePath(.entries, index: index, width: min(TilePath.fullWidth, size - index * TilePath.fullWidth))
      let (bytes, width) = try tile(path, limit: TileFile.largestBundle)
      let first = index * TilePath.fullWidth
      do {
        let bundle = try EntryBundle.decode(bytes, count: width)
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
    let count = size >> (TilePath.height * level) - index * TilePath.fullWidth
    guard count >= width else { throw .damaged("\(place) has no \(width) hashes in tile \(index) of level \(level)") }
    let path = TilePath(.hashes(level: level), index: index, width: min(TilePath.fullWidth, count))
    let (bytes, found) = try tile(path, limit: TilePath.fullWidth * Digest.length)
    guard bytes.count == found * Digest.length else {
      throw .damaged("\(path) has \(bytes.count) bytes instead of \(found * Digest.length)")
    }
    return (0..<width).map { Digest(bytes[($0 * Digest.length)..<(($0 + 1) * Digest.length)])! }
  }

  /// The file of `path` and its width; the full tile where a partial one has been superseded meanwhile.
  func tile(_ path: TilePath, limit: Int) throws(StorageError) -> (bytes: [UInt8], width: Int) {
    if let bytes = try file(path.description, limit: limit) { return (bytes, path.width) }
    let full = TilePath(path.content, index: path.index)
    guard path != full, let bytes = try file(full.description, limit: limit) else {
      throw .damaged("\(place)/\(path) is missing")
    }
    return (bytes, full.width)
  }
}
