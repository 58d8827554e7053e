import Cryptography
import Log

/// Makes proofs from the tiles of a log, each of which it reads once.
///
/// A proof needs the siblings of all nodes between a leaf and the root, eight of which come out of one tile. The nodes of a
/// tile are hashed when it is read, so that a proof beside an earlier one costs a few look-ups.
public struct ProofReader<Source: LogSource> {
  /// The most tiles that are kept, of 16 KiB each; then all are forgotten.
  public static var maximumTiles: Int { 1024 }

  private struct TileID: Hashable {
    var level: Int
    var index: Int
  }

  private let source: Source
  private var tiles: [TileID: TileNodes] = [:]

  /// A reader of the tiles of `source`.
  public init(_ source: Source) { self.source = source }

  /// The path from leaf `index` to the root of the tree of `size` leaves, which the log must have.
  public mutating func path(of index: Int, size: Int) throws(StorageError) -> [Digest] {
    try MerkleProof.inclusion(of: index, size: size) { (level, index) throws(StorageError) in
      try node(level: level, index: index, size: size)
    }
  }

  /// The hashes that show the tree of `size` leaves to extend that of `old` leaves; the log must have both.
  public mutating func consistency(from old: Int, to size: Int) throws(StorageError) -> [Digest] {
    try MerkleProof.consistency(from: old, to: size) { (level, index) throws(StorageError) in
      try node(level: level, index: index, size: size)
    }
  }

  /// The root of the complete subtree `index` of height `level`.
  private mutating func node(level: Int, index: Int, size: Int) throws(StorageError) -> Digest {
    let (tileLevel, height) = level.quotientAndRemainder(dividingBy: TilePath.height)
    let (tile, position) = index.quotientAndRemainder(dividingBy: TilePath.fullWidth >> height)
    let id = TileID(level: tileLevel, index: tile)
    if let node = tiles[id]?.node(height: height, position: position) { return node }
    let width = min(TilePath.fullWidth, (size >> (TilePath.height * tileLevel)) - tile * TilePath.fullWidth)
    let nodes = TileNodes(try source.hashes(level: tileLevel, index: tile, width: width))
    if tiles.count == Self.maximumTiles { tiles = [:] }
    tiles[id] = nodes
    return nodes.node(height: height, position: position)!
  }
}

/// All nodes that the hashes of one tile complete, height by height.
private struct TileNodes {
  private var heights: [[Digest]]

  init(_ hashes: [Digest]) {
    heights = [hashes]
    while heights.last!.count > 1 {
      let below = heights.last!
      heights.append((0..<below.count / 2).map { MerkleHash.node(below[2 * $0], below[2 * $0 + 1]) })
    }
  }

  func node(height: Int, position: Int) -> Digest? {
    height < heights.count && position < heights[height].count ? heights[height][position] : nil
  }
}
