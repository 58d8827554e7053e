import Community
import Consensus
import Cryptography
import Log
import Replica
import Storage

/// Taking over what others have decided, from the logs that they publish.
///
/// Nothing is believed of a peer: a quorum's cosignatures vouch for the root, the root for the hash of each leaf, and
/// every block is carried out here before it is stored. What is stored stays, so that a node that is stopped goes on from there.
struct CatchUp {
  /// Leaves read at once.
  private static let chunk = 4 * TilePath.fullWidth

  let store: LogStore
  let peers: [String]
  let tell: @Sendable (NodeEvent) -> Void

  /// Brings `ledger` and the store to the last but one block of the longest log that a peer publishes; the last block
  /// comes from the validators themselves, with the votes that decided it.
  ///
  /// - Parameter onBlock: is told of each block that is stored.
  func run(_ ledger: inout Ledger, onBlock: (SealedBlock) -> Void = { _ in }) throws(NodeError) {
    let genesis = ledger.community.genesis
    var sources: [(log: WebLog, tree: Checkpoint)] = []
    for peer in peers {
      do {
        let log = try WebLog(peer)
        sources.append((log, try Self.believed(log, genesis, ledger.terms)))
      } catch {
        tell(NodeEvent("peer-unusable", isWarning: true, ("peer", peer), ("sentence", "\(error)")))
      }
    }
    for (log, tree) in sources.sorted(by: { $0.tree.size > $1.tree.size }) where tree.size > ledger.size {
      do {
        return try follow(log, tree, &ledger, onBlock)
      } catch let error as NodeError {
        throw error
      } catch {
        tell(NodeEvent("peer-unusable", isWarning: true, ("peer", log.place), ("sentence", "\(error)")))
      }
    }
  }

  /// The newest checkpoint of `log`, if a quorum of the validators that are known here has cosigned it.
  ///
  /// Where others decide since, which only blocks that are carried out can tell, the blocks come one by one.
  private static func believed(_ log: WebLog, _ genesis: Genesis, _ terms: ValidatorTerms) throws -> Checkpoint {
    let checkpoint = try log.publishedCheckpoint()
    try checkpoint.checkpoint.require(genesis.origin)
    try terms.requireQuorum(on: checkpoint)
    return checkpoint.checkpoint
  }

  /// The hashes of the leaves of `log` behind those of `ledger`, if they lead to the root of `tree`.
  private func hashes(_ log: WebLog, _ tree: Checkpoint, after ledger: Ledger) throws -> [Digest] {
    var tiles = ledger.tiles
    var hashes: [Digest] = []
    for path in TilePath.all(size: tree.size) where path.content == .hashes(level: 0) {
      let first = path.index * TilePath.fullWidth
      guard first + path.width > ledger.size else { continue }
      hashes += try log.hashes(level: 0, index: path.index, width: path.width).dropFirst(max(0, ledger.size - first))
    }
    for hash in hashes { tiles.append(hash) { _ in } }
    guard tiles.root == tree.root else {
      throw StorageError.conflict("its tree of \(tree.size) leaves does not extend ours of \(ledger.size)")
    }
    return hashes
  }

  private func follow(
    _ log: WebLog, _ tree: Checkpoint, _ ledger: inout Ledger, _ onBlock: (SealedBlock) -> Void
  ) throws {
    let start = ledger.size
    let hashes = try hashes(log, tree, after: ledger)
    var blocks = LogBlocks(from: start)
    var ahead = ledger
    // A block is stored when the line after it has come, which holds the votes that decided it.
    var held: (block: SealedBlock, after: Ledger)?
    for first in stride(from: start, to: tree.size, by: Self.chunk) {
      tell(NodeEvent("catching-up", ("leaves", "\(first)"), ("of", "\(tree.size)"), ("peer", log.place)))
      var batch = Batch(reached: ledger)
      let end = min(first + Self.chunk, tree.size)
      for (offset, leaf) in try log.leaves(first..<end).enumerated() {
        guard MerkleHash.leaf(leaf) == hashes[first - start + offset] else {
          throw StorageError.damaged("its entry \(first + offset) has another hash than its tree says")
        }
        guard let block = try blocks.append(leaf) else { continue }
        if let held { try batch.add(held.block, before: block, held.after) }
        // Where the block cannot be followed, the validators' own word of it tells what differs.
        guard block.size < tree.size, let sealed = try? ahead.accept(block) else {
          return try store(batch, &ledger, onBlock)
        }
        held = (sealed, ahead)
      }
      try store(batch, &ledger, onBlock)
    }
  }

  private func store(_ batch: Batch, _ ledger: inout Ledger, _ onBlock: (SealedBlock) -> Void) throws(NodeError) {
    guard !batch.writes.isEmpty else { return }
    do {
      try store.write(batch.writes)
    } catch {
      throw .halted("what was caught up could not be written, so the node stops: \(error)")
    }
    ledger = batch.reached
    for block in batch.blocks { onBlock(block) }
  }

  /// Blocks that are stored together, and the ledger after them.
  private struct Batch {
    var writes: [LogStore.ValidatorWrite] = []
    var blocks: [SealedBlock] = []
    var reached: Ledger

    init(reached: Ledger) { self.reached = reached }

    /// Adds `block`, the votes for which stand in the line of the `next`.
    mutating func add(_ block: SealedBlock, before next: LogBlock, _ after: Ledger) throws(LogError) {
      let genesis = after.community.genesis
      let certificate = try Certificate(
        next.block.precommits, chain: genesis.origin, height: block.height, root: after.tiles.root,
        validators: after.terms.validators(at: block.height))
      writes.append(.block(block, votes: Packet.votes(certificate.votes).bytes, cosigned: []))
      blocks.append(block)
      reached = after
    }
  }
}
