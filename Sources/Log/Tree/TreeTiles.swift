import Cryptography

/// A growing Merkle tree as tiles: the frontier, and the hashes of each level's tile that is not yet full.
///
/// Full tiles leave as they are completed; memory holds at most 255 hashes a level.
public struct TreeTiles: Sendable {
  /// A tile of 256 hashes, which never changes again.
  public struct FullTile: Sendable, Equatable {
    /// The tile level: 0 holds leaf hashes, each next one the roots of 256 of the one below.
    public let level: Int
    /// Its number within the level.
    public let index: Int
    /// 256 hashes.
    public let hashes: [Digest]
  }

  private var frontier = MerkleFrontier()
  private var partial: [[Digest]] = [[]]

  /// The tree without leaves.
  public init() {}

  /// The tree of `size` leaves, read back from its tiles.
  ///
  /// - Parameter tile: gives the first `width` hashes of tile `index` of tile level `level`.
  public init<Failure: Error>(
    size: Int, tile: (_ level: Int, _ index: Int, _ width: Int) throws(Failure) -> [Digest]
  ) throws(Failure) {
    var subtrees: [Digest] = []
    for level in (0..<Int.bitWidth - 1).reversed() where size >> level & 1 == 1 {
      subtrees.append(try TileReader.subtree(level: level, index: (size >> level) - 1, tile: tile))
    }
    frontier = MerkleFrontier(size: size, subtrees: subtrees)
    var (level, count) = (0, size)
    partial = []
    while count > 0 || level == 0 {
      let width = count % TilePath.fullWidth
      partial.append(width == 0 ? [] : try tile(level, count / TilePath.fullWidth, width))
      (level, count) = (level + 1, count / TilePath.fullWidth)
    }
  }

  /// How many leaves the tree has.
  public var size: Int { frontier.size }

  /// The tree's root.
  public var root: Digest { frontier.root }

  /// The hashes of the tile of `level` that is not yet full.
  public func partial(level: Int) -> [Digest] { level < partial.count ? partial[level] : [] }

  /// Appends a leaf by its hash, telling `full` of each tile that this completes.
  public mutating func append(_ leaf: Digest, full: (FullTile) -> Void) {
    var partial: [[Digest]] = []
    swap(&partial, &self.partial)
    let size = frontier.size + 1
    Self.add(leaf, level: 0, size: size, to: &partial, full)
    frontier.append(leaf) { level, root in
      guard level.isMultiple(of: TilePath.height) else { return }
      Self.add(root, level: level / TilePath.height, size: size, to: &partial, full)
    }
    swap(&partial, &self.partial)
  }

  private static func add(
    _ hash: Digest, level: Int, size: Int, to partial: inout [[Digest]], _ full: (FullTile) -> Void
  ) {
    if level == partial.count { partial.append([]) }
    partial[level].append(hash)
    guard partial[level].count == TilePath.fullWidth else { return }
    let count = size >> (TilePath.height * level)
    full(FullTile(level: level, index: count / TilePath.fullWidth - 1, hashes: partial[level]))
    partial[level] = []
  }
}

/// Reads roots of complete subtrees out of tiles.
public enum TileReader {
  /// The root of the complete subtree `index` of height `level`, from the tile that holds its leaves' level.
  ///
  /// - Parameter tile: gives at least the first `width` hashes of tile `index` of tile level `level`.
  public static func subtree<Failure: Error>(
    level: Int, index: Int, tile: (_ level: Int, _ index: Int, _ width: Int) throws(Failure) -> [Digest]
  ) throws(Failure) -> Digest {
    let tileLevel = level / TilePath.height
    let count = 1 << (level % TilePath.height)
    let first = index * count
    let offset = first % TilePath.fullWidth
    let hashes = try tile(tileLevel, first / TilePath.fullWidth, offset + count)
    return root(hashes[offset..<(offset + count)])
  }

  /// The root over `hashes`, whose count is a power of two.
  public static func root(_ hashes: ArraySlice<Digest>) -> Digest {
    guard hashes.count > 1 else { return hashes.first! }
    let middle = hashes.startIndex + hashes.count / 2
    return MerkleHash.node(root(hashes[..<middle]), root(hashes[middle...]))
  }
}
