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
  /// Nothing is believed of either but what those say who decide by the log itself, followed from its genesis: leaf by leaf, by
  /// the hashes in the source's tiles, from whichever copy has it right. They have vouched for the checkpoint in the end, that of
  /// the damaged copy if they have for that one. What they have vouched for in the damaged copy the source must have too.
  public init(
    _ damaged: some LogSource, from source: some LogSource, genesis: Genesis,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(StorageError) {
    let (own, other) = (try? damaged.publishedCheckpoint(), try source.publishedCheckpoint())
    var walk = RepairWalk(damaged, source, genesis, ownSize: own?.checkpoint.size ?? 0)
    let end = other.checkpoint.size
    var target: CosignedCheckpoint?
    if let own, (2...end).contains(own.checkpoint.size) {
      try walk.advance(to: own.checkpoint.size) { progress($0, end) }
      if (try? walk.succession.require(own)) != nil { target = own }
    }
    if target == nil {
      try walk.advance(to: end) { progress($0, end) }
      try Self.require(other, walk.succession)
      if let own, own.checkpoint.size > 1, (try? walk.succession.governance.terms.requireQuorum(on: own)) != nil {
        throw .conflict(
          "a quorum has cosigned \(own.checkpoint.size) leaves here, and the source has \(end), which are not their sequel"
        )
      }
      (target, checkpoint) = (other, other)
    }
    size = target!.checkpoint.size
    leaves = walk.wrong
    try compareTiles(walk.hashes, damaged)
    progress(end, end)
  }

  private static func require(_ checkpoint: CosignedCheckpoint, _ succession: Succession) throws(StorageError) {
    do {
      try succession.require(checkpoint)
    } catch {
      throw .damaged("the source's checkpoint cannot be believed: \(error)")
    }
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
}

/// Two copies of a log, followed side by side.
private struct RepairWalk {
  private let damaged: any LogSource
  private let source: any LogSource
  private let genesis: Genesis
  private let ownSize: Int
  private(set) var succession: Succession
  private(set) var hashes: [Digest] = []
  /// The right leaves where the damaged copy has others.
  private(set) var wrong: [Int: [UInt8]] = [:]

  init(_ damaged: any LogSource, _ source: any LogSource, _ genesis: Genesis, ownSize: Int) {
    (self.damaged, self.source, self.genesis, self.ownSize) = (damaged, source, genesis, ownSize)
    succession = Succession(genesis)
  }

  mutating func advance(to end: Int, progress: (Int) -> Void) throws(StorageError) {
    while hashes.count < end {
      progress(hashes.count)
      let tile = hashes.count / TilePath.fullWidth
      try compare(hashes.count..<min((tile + 1) * TilePath.fullWidth, end))
    }
  }

  private mutating func compare(_ range: Range<Int>) throws(StorageError) {
    let first = range.lowerBound % TilePath.fullWidth
    hashes += try source.hashes(
      level: 0, index: range.lowerBound / TilePath.fullWidth, width: first + range.count
    ).dropFirst(first)
    let found = try? damaged.leaves(range)
    var theirs: [[UInt8]]?
    for index in range {
      let own = found?[index - range.lowerBound] ?? (try? damaged.leaves(index..<(index + 1)))?.first
      if let own, MerkleHash.leaf(own) == hashes[index] {
        try follow(own, index)
        continue
      }
      if wrong.isEmpty { try requireNoSequel(from: index) }
      if theirs == nil { theirs = try source.leaves(range) }
      let right = theirs![index - range.lowerBound]
      guard MerkleHash.leaf(right) == hashes[index] else {
        throw .damaged("entry \(index) is damaged in the source too")
      }
      try follow(right, index)
      wrong[index] = right
    }
  }

  private mutating func follow(_ leaf: [UInt8], _ index: Int) throws(StorageError) {
    guard index > 0 else {
      guard leaf == genesis.bytes else { throw .conflict("the source is the log of another genesis document") }
      return
    }
    do {
      try succession.append(.init(leaf))
    } catch {
      throw .damaged("entry \(index) of the source cannot be believed: \(error)")
    }
  }

  /// Refuses a source that has another leaf at `index` than this copy, where those who decide have vouched for this copy's.
  private func requireNoSequel(from index: Int) throws(StorageError) {
    guard index > 0 else { return }
    var own = succession
    var next = index
    while next < ownSize, let leaf = try? damaged.leaves(next..<(next + 1)).first {
      do {
        try own.append(.init(leaf))
      } catch {
        return
      }
      next += 1
      if let vouched = own.vouched, vouched.size > index {
        throw .conflict("entry \(index) is another in the source, and the validators have vouched for the one here")
      }
    }
  }
}
