import Cryptography
import Kernel
import Log
import Quantities

/// A community on its log: the state, the tree, and the chain of blocks, changed together.
///
/// The author's side grows it entry by entry and seals blocks; the reader's side feeds it blocks that others sealed. Both
/// arrive at the same value.
public struct Ledger: Sendable {
  /// The state after the last entry.
  public private(set) var community: Community
  /// The tree.
  public private(set) var tiles: TreeTiles
  /// Height of the last block; 0 before the first.
  public private(set) var height: Int
  /// The time of the last block; the genesis' before the first.
  public private(set) var time: Instant
  /// The leaf hash of the last block's line; the genesis' before the first.
  public private(set) var previous: Digest
  /// The newest state digest, which the next block line carries.
  public private(set) var state: BlockLine.StateDigest
  private var entries: [SealedBlock.SealedEntry] = []
  private var fullTiles: [TreeTiles.FullTile] = []

  /// The ledger of a log that holds nothing but `genesis`.
  public init(_ genesis: Genesis) {
    community = Community(genesis)
    tiles = TreeTiles()
    tiles.append(genesis.leafHash) { _ in }
    (height, time, previous) = (0, genesis.time, genesis.leafHash)
    state = BlockLine.StateDigest(height: 0, digest: StateSnapshot(community).digest)
  }

  /// The ledger at the end of the block `line`, which is `leaf` of the log, with the state and tree that are known there.
  public init(community: Community, tiles: TreeTiles, line: BlockLine, leaf: Digest, state: BlockLine.StateDigest) {
    (self.community, self.tiles, self.state) = (community, tiles, state)
    (height, time, previous) = (line.height, line.time, leaf)
    self.community.resume(after: line.height, at: line.time)
  }

  private var genesis: Genesis { community.genesis }
  /// Who decides, and who did: at ``height`` + 1 it is `terms.present`.
  public var terms: ValidatorTerms { community.governance.terms }
  /// How many leaves the log has.
  public var size: Int { tiles.size }
  /// How many entries wait for their block to be sealed.
  public var pending: Int { entries.count }

  /// Adds an entry to the block in the making, if all of its events may happen; answers its index.
  ///
  /// - Parameter time: the block's time, the same for all its entries.
  public mutating func append(
    _ entry: EntryFacts, leaf: Digest, time: Instant, observer: Community.Observer? = nil
  ) throws(Refusal) -> Int {
    let index = size
    try community.apply(entry, at: index, time: time, observer: observer)
    append(leaf)
    entries.append(
      .init(line: entry.entry.line.bytes, author: entry.entry.author, sequence: entry.entry.sequence))
    return index
  }

  private mutating func append(_ leaf: Digest) {
    tiles.append(leaf) { fullTiles.append($0) }
  }

  /// Closes the block in the making: signs its line, and cosigns the checkpoint of the tree that ends with it.
  ///
  /// - Parameters:
  ///   - time: the block's time.
  ///   - vote: the proposer's voting key.
  ///   - cosigners: who cosigns the checkpoint; nobody while the block is only proposed.
  ///   - precommits: those that decided the block before, where several validators did.
  public mutating func seal(
    at time: Instant, vote: SecretKey, cosigners: [(name: String, key: SecretKey)], precommits: [Precommit] = []
  ) throws(LogError) -> SealedBlock {
    let first = size - entries.count
    let line = try nextLine(first: first, time: time, precommits: precommits).signed(by: vote)
    let snapshot = close(line, time: time, first: first)
    return try takeBlock(line, first: first, snapshot, at: time, by: cosigners)
  }

  private mutating func takeBlock(
    _ line: SignedLine, first: Int, _ snapshot: SealedBlock.Snapshot?, at time: Instant,
    by cosigners: [(name: String, key: SecretKey)]
  ) throws(LogError) -> SealedBlock {
    let checkpoint = Checkpoint(origin: genesis.origin, size: size, root: tiles.root)
    let block = SealedBlock(
      height: height, first: first, entries: entries, line: line.bytes, tiles: fullTiles,
      checkpoint: try CosignedCheckpoint(checkpoint, at: time, by: cosigners).bytes, snapshot: snapshot)
    (entries, fullTiles) = ([], [])
    return block
  }

  /// Follows a block that is in the log already.
  ///
  /// Signatures are not checked here; the block line must be the one that this ledger would have written. A ledger that
  /// has refused a block stands half-way in it and is of no further use.
  ///
  /// - Parameter read: the entries of the block, where they are read already.
  public mutating func follow(
    _ block: LogBlock, read: [ReadEntry]? = nil, observer: Community.Observer? = nil
  ) throws(ReplayError) {
    _ = try carryOut(block, read, observer)
    (entries, fullTiles) = ([], [])
  }

  /// Follows a block that another validator proposes, and that is stored here if it is decided.
  ///
  /// - Returns: the block as it is stored, its checkpoint cosigned by nobody.
  public mutating func accept(_ block: LogBlock) throws(ReplayError) -> SealedBlock {
    let snapshot = try carryOut(block, nil, nil)
    do {
      return try takeBlock(block.line, first: block.first, snapshot, at: time, by: [])
    } catch {
      preconditionFailure("a checkpoint without cosignatures cannot be refused: \(error)")
    }
  }

  private mutating func carryOut(
    _ block: LogBlock, _ read: [ReadEntry]?, _ observer: Community.Observer?
  ) throws(ReplayError) -> SealedBlock.Snapshot? {
    for (offset, entry) in (read ?? block.entries.map(ReadEntry.init)).enumerated() {
      do {
        _ = try append(entry.facts.get(), leaf: entry.leaf, time: block.block.time, observer: observer)
      } catch {
        throw ReplayError(index: block.first + offset, height: block.block.height, fault: error)
      }
    }
    let (said, first) = (block.block, size - entries.count)
    guard said == nextLine(first: first, time: said.time, precommits: said.precommits) else {
      throw ReplayError(height: said.height, index: block.lineIndex, said: said, state: state)
    }
    return close(block.line, time: said.time, first: first)
  }

  private func nextLine(first: Int, time: Instant, precommits: [Precommit]) -> BlockLine {
    BlockLine(
      chain: genesis.origin, height: height + 1, time: max(time, self.time), previous: previous, first: first,
      validators: terms.present.digest, state: state, precommits: precommits)
  }

  /// Appends the block's line; answers the state if its digest is due.
  private mutating func close(_ line: SignedLine, time: Instant, first: Int) -> SealedBlock.Snapshot? {
    let leaf = MerkleHash.leaf(line.bytes)
    append(leaf)
    (height, previous) = (height + 1, leaf)
    self.time = max(time, self.time)
    let interval = community.governance.parameters.stateInterval
    community.endBlock(size: size, time: self.time)
    guard size / interval > first / interval else { return nil }
    precondition(community.isBalanced, "double entry is broken in block \(height): the program is wrong")
    let snapshot = StateSnapshot(community)
    state = BlockLine.StateDigest(height: height, digest: snapshot.digest)
    return SealedBlock.Snapshot(height: height, digest: snapshot.digest, state: snapshot.bytes)
  }
}
