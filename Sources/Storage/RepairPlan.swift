import Cryptography
import Log

/// What must be put in place so that a damaged log is whole again. Everything in it hashes to the log's root.
public struct RepairPlan: Sendable {
  /// Entries to write, by index.
  public internal(set) var leaves: [Int: [UInt8]] = [:]
  /// Tiles of hashes to write.
  public internal(set) var tiles: [TilePath: [Digest]] = [:]
  /// The checkpoint to write, where the damaged one cannot be believed.
  public internal(set) var checkpoint: CosignedCheckpoint?
  /// How many leaves the whole log has.
  public internal(set) var size = 0

  /// Whether nothing is damaged.
  public var isEmpty: Bool { leaves.isEmpty && tiles.isEmpty && checkpoint == nil }
}

extension RepairPlan {
  /// Compares `damaged` with `source`, a copy of the same log that has at least as many leaves.
  ///
  /// Nothing is believed of either: the tree's size and root come from a checkpoint that a quorum of its validators by `terms`
  /// has cosigned, the hashes of all leaves must lead to that root, and each leaf must have its hash.
  public init(
    _ damaged: some LogSource, from source: some LogSource, genesis: Genesis, terms: ValidatorTerms? = nil,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(StorageError) {
    let terms = terms ?? ValidatorTerms(genesis.validators)
    let tree = try Self.believed(damaged, genesis, terms)
    let other = try source.publishedCheckpoint()
    try Self.requireQuorum(other, genesis, terms)
    if tree == nil { checkpoint = other }
    let target = (tree ?? other).checkpoint
    size = target.size
    guard other.checkpoint.size >= size else {
      throw .conflict("the source has \(other.checkpoint.size) leaves, fewer than the \(size) to repair")
    }
    let hashes = try Self.leafHashes(source, target)
    try compareTiles(hashes, damaged)
    for first in stride(from: 0, to: size, by: TilePath.fullWidth) {
      progress(first, size)
      try compareLeaves(hashes[first..<min(first + TilePath.fullWidth, size)], damaged, source)
    }
    progress(size, size)
  }

  /// The checkpoint of `damaged`, if it can be read and a quorum has cosigned it.
  private static func believed(
    _ damaged: some LogSource, _ genesis: Genesis, _ terms: ValidatorTerms
  ) throws(StorageError) -> CosignedCheckpoint? {
    guard let checkpoint = try? damaged.publishedCheckpoint() else { return nil }
    return (try? requireQuorum(checkpoint, genesis, terms)) == nil ? nil : checkpoint
  }

  private static func requireQuorum(
    _ checkpoint: CosignedCheckpoint, _ genesis: Genesis, _ terms: ValidatorTerms
  ) throws(StorageError) {
    do {
      try terms.requireQuorum(on: checkpoint)
    } catch {
      throw .damaged("the checkpoint cannot be believed: \(error)")
    }
    guard checkpoint.checkpoint.origin == genesis.origin else {
      throw .conflict("the checkpoint is of \(checkpoint.checkpoint.origin), not of \(genesis.origin)")
    }
  }

  /// The hashes of all leaves of `target`, from the source's tiles, if they lead to its root.
  private static func leafHashes(_ source: some LogSource, _ target: Checkpoint) throws(StorageError) -> [Digest] {
    var (tree, hashes) = (MerkleFrontier(), [Digest]())
    for tile in TilePath.all(size: target.size) where tile.content == .hashes(level: 0) {
      hashes += try source.hashes(level: 0, index: tile.index, width: tile.width)
    }
    for hash in hashes { tree.append(hash) }
    guard tree.root == target.root else {
      throw .damaged("the source's tiles do not hash to the root of \(target.size) leaves; verify the source first")
    }
    return hashes
  }

  private mutating func compareTiles(_ hashes: [Digest], _ damaged: some LogSource) throws(StorageError) {
    var tree = TreeTiles()
    var whole: [TilePath: [Digest]] = [:]
    for hash in hashes {
      tree.append(hash) { whole[TilePath(.hashes(level: $0.level), index: $0.index)] = $0.hashes }
    }
    for path in TilePath.all(size: size) {
      guard case .hashes(let level) = path.content else { continue }
      let right = whole[path] ?? tree.partial(level: level)
      if (try? damaged.hashes(level: level, index: path.index, width: path.width)) != right { tiles[path] = right }
    }
  }

  private mutating func compareLeaves(
    _ hashes: ArraySlice<Digest>, _ damaged: some LogSource, _ source: some LogSource
  ) throws(StorageError) {
    let bundle = try? damaged.leaves(hashes.indices)
    for index in hashes.indices {
      let found = bundle?[index - hashes.startIndex] ?? (try? damaged.leaves(index..<(index + 1)))?.first
      if let found, MerkleHash.leaf(found) == hashes[index] { continue }
      let right = try source.leaves(index..<(index + 1))[0]
      guard MerkleHash.leaf(right) == hashes[index] else {
        throw .damaged("entry \(index) is damaged in the source too")
      }
      leaves[index] = right
    }
  }
}
