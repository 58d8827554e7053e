import Community
import Consensus
import Cryptography
import Log
import Replica
import Storage

/// Taking over what others have decided, from the logs that they publish.
///
/// Nothing is believed of a peer: a quorum's cosignatures vouch for the root, the root for the hash of each leaf, and
/// every block is carried out here before it is stored. Where others decide since, they are found by following the log from
/// what is here, each set of validators on the word of those before it. What is stored stays, so that a node that is stopped
/// goes on from there.
struct CatchUp {
  /// Leaves read at once.
  private static let chunk = 4 * TilePath.fullWidth

  let store: LogStore
  let peers: [String]
  let tell: @Sendable (NodeEvent) -> Void

  /// A log that somebody publishes, and its newest checkpoint.
  private struct Source {
    var place: String
    var log: any LogSource
    var published: CosignedCheckpoint

    var tree: Checkpoint { published.checkpoint }

    init(_ place: String, _ genesis: Genesis) throws {
      (self.place, log) = (place, try OpenSource.open(place))
      published = try log.publishedCheckpoint()
      try tree.require(genesis.origin)
    }
  }

  /// Brings `ledger` and the store to the last but one block of the longest log that a peer publishes; the last block
  /// comes from the validators themselves, with the votes that decided it. A single validator's last block needs none.
  ///
  /// - Parameter onBlock: is told of each block that is stored.
  /// - Returns: the ledger with that last block, as far as it was followed; nil where nobody's log could be read, or no
  ///   longer one of those that are there.
  @discardableResult
  func run(_ ledger: inout Ledger, onBlock: (SealedBlock) -> Void = { _ in }) throws(NodeError) -> Ledger? {
    let genesis = ledger.community.genesis
    var sources: [Source] = []
    for peer in peers {
      do {
        sources.append(try Source(peer, genesis))
      } catch {
        tell(NodeEvent("peer-unusable", isWarning: true, ("peer", peer), ("sentence", "\(error)")))
      }
    }
    let longer = sources.filter { $0.tree.size > ledger.size }.sorted { $0.tree.size > $1.tree.size }
    for source in longer {
      do {
        return try follow(source, &ledger, onBlock)
      } catch let error as NodeError {
        throw error
      } catch {
        tell(NodeEvent("peer-unusable", isWarning: true, ("peer", source.place), ("sentence", "\(error)")))
      }
    }
    return sources.isEmpty || !longer.isEmpty ? nil : ledger
  }

  /// The hashes of the leaves of `source` behind those of `ledger`, if a quorum of those who decide there has cosigned their tree.
  private func hashes(_ source: Source, after ledger: Ledger) throws -> [Digest] {
    guard (try? ledger.terms.requireQuorum(on: source.published)) != nil else {
      return try followed(source, after: ledger)
    }
    var tiles = ledger.tiles
    var hashes: [Digest] = []
    for path in TilePath.all(size: source.tree.size) where path.content == .hashes(level: 0) {
      let first = path.index * TilePath.fullWidth
      guard first + path.width > ledger.size else { continue }
      hashes += try source.log.hashes(level: 0, index: path.index, width: path.width)
        .dropFirst(max(0, ledger.size - first))
    }
    for hash in hashes { tiles.append(hash) { _ in } }
    guard tiles.root == source.tree.root else {
      throw StorageError.conflict("its tree of \(source.tree.size) leaves does not extend ours of \(ledger.size)")
    }
    return hashes
  }

  /// The same where others decide since: who they are is learnt from the leaves.
  private func followed(_ source: Source, after ledger: Ledger) throws -> [Digest] {
    var succession = Succession(
      governance: ledger.community.governance, tiles: ledger.tiles, previous: ledger.previous)
    var hashes: [Digest] = []
    var leaves = ReadAhead(source.log, ledger.size..<source.tree.size) { Succession.Leaf($1) }
    while let (first, read) = try leaves.next() {
      tell(
        NodeEvent(
          "following-validators", ("leaves", "\(first)"), ("of", "\(source.tree.size)"), ("peer", source.place)))
      for leaf in read {
        try succession.append(leaf)
        hashes.append(leaf.hash)
      }
    }
    try succession.require(source.published)
    return hashes
  }

  private func follow(_ source: Source, _ ledger: inout Ledger, _ onBlock: (SealedBlock) -> Void) throws -> Ledger {
    let (start, size) = (ledger.size, source.tree.size)
    let hashes = try hashes(source, after: ledger)
    var blocks = LogBlocks(from: start)
    var ahead = ledger
    // What several decided is stored when the line after it has come, which holds the votes that decided it.
    var held: (block: SealedBlock, after: Ledger)?
    for first in stride(from: start, to: size, by: Self.chunk) {
      tell(NodeEvent("catching-up", ("leaves", "\(first)"), ("of", "\(size)"), ("peer", source.place)))
      var batch = Batch(reached: ledger)
      let end = min(first + Self.chunk, size)
      for (offset, leaf) in try source.log.leaves(first..<end).enumerated() {
        guard MerkleHash.leaf(leaf) == hashes[first - start + offset] else {
          throw StorageError.damaged("its entry \(first + offset) has another hash than its tree says")
        }
        guard let block = try blocks.append(leaf) else { continue }
        if let held { try batch.add(held.block, before: block, held.after) }
        held = nil
        let isAlone = ahead.terms.present.validators.count == 1
        var after = ahead
        // Where the block cannot be followed, the validators' own word of it tells what differs.
        guard let sealed = try? after.accept(block) else {
          try store(batch, &ledger, onBlock)
          return ahead
        }
        ahead = after
        if isAlone { batch.add(sealed, ahead) } else { held = (sealed, ahead) }
      }
      if batch.reached.size == size { batch.writes.append(.final(source.published)) }
      try store(batch, &ledger, onBlock)
    }
    return ahead
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
      add(block, after, votes: Packet.votes(certificate.votes).bytes)
    }

    /// Adds `block`; a single validator's needs no `votes`.
    mutating func add(_ block: SealedBlock, _ after: Ledger, votes: [UInt8] = []) {
      writes.append(.block(block, votes: votes, cosigned: []))
      blocks.append(block)
      reached = after
    }
  }
}
