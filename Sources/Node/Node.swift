import Community
import Cryptography
import Log
import Quantities
import Storage

/// A node, which decides alone or together with others: submit a line, get a receipt when it is final.
public final class Node: Sendable {
  /// The log.
  public let store: LogStore
  private let orderer: any Orderer
  private let intake = Intake()
  private let keyDirectory: KeyDirectory
  private let signal: BlockSignal
  private let meter: NodeMeter

  /// Opens the node of `store`, whose log must replay.
  ///
  /// - Parameters:
  ///   - keys: those of a validator of the log.
  ///   - company: how the other validators are reached, where the log has several or will have. The node first catches up
  ///     with them.
  ///   - clock: the time of the blocks to come.
  ///   - onHalt: is told when a block could not be written; the process must then stop.
  public init(
    store: LogStore, keys: ValidatorKeys, company: Company? = nil, clock: @escaping @Sendable () -> Instant,
    onHalt: @escaping @Sendable (NodeError) -> Void = { _ in }
  ) throws(NodeError) {
    let start = clock()
    var ledger = try Replay.newest(store)
    try Self.requireRoot(store, ledger)
    try asNode { () throws(StorageError) in try store.prepareForVotes() }
    if let company {
      let published = try CatchUp(store: store, peers: company.peers, tell: company.tell).run(&ledger)
      try keys.requireMembership(in: published ?? ledger)
      if published == nil { try company.requireVoucher(of: store, ledger, keys) }
    } else {
      try keys.requireAlone(in: ledger)
      try asNode { () throws(StorageError) in try store.write([.vouch]) }
    }
    self.store = store
    keyDirectory = KeyDirectory(ledger.community.keys)
    signal = BlockSignal(size: try Replay.end(store))
    meter = NodeMeter(
      NodeStatistics(height: ledger.height, size: ledger.size, root: ledger.tiles.root, time: ledger.time),
      onHalt: onHalt)
    guard let company else {
      orderer = Sequencer(
        store: store, ledger: ledger, keys: keys, intake: intake, keyDirectory: keyDirectory, signal: signal,
        meter: meter, clock: clock)
      return
    }
    let validator = try Validator.make(
      store, ledger, keys, company, intake: intake, keyDirectory: keyDirectory, signal: signal, meter: meter,
      since: start, clock: clock)
    orderer = validator
    Task { await validator.start() }
  }

  /// Refuses a store whose tree is not the one that its checkpoint says.
  private static func requireRoot(_ store: LogStore, _ ledger: Ledger) throws(NodeError) {
    guard try asNode({ () throws(StorageError) in try store.checkpoint() }) != nil else { return }
    let root = try asNode { () throws(StorageError) in
      let published = try store.publishedCheckpoint().checkpoint
      let isWhole = published.size == ledger.size || published.size < ledger.size
      guard isWhole else { return false }
      return try published.root
        == (published.size == ledger.size ? ledger.tiles.root : store.root(size: published.size))
    }
    guard root else {
      throw .storage(.damaged("the log's entries do not hash to its checkpoint; verify and repair it"))
    }
  }

  /// Submits an entry's line and waits until it is final.
  ///
  /// The same line again gives a receipt for the first; another line with the same sequence number is refused.
  public func submit(_ line: [UInt8]) async throws(NodeError) -> Receipt {
    let result = await decide(line)
    meter.answered(result)
    return try result.get()
  }

  private func decide(_ line: [UInt8]) async -> Result<Receipt, NodeError> {
    let facts: EntryFacts
    do {
      facts = try verify(line)
    } catch {
      return .failure(error)
    }
    let leaf = MerkleHash.leaf(line)
    return await withCheckedContinuation { answer in
      let submission = Submission(facts: facts, leaf: leaf, answer: answer)
      switch intake.add(submission) {
      case .waiting: break
      case .first: orderer.wake()
      case .full:
        answer.resume(returning: .failure(.busy("too many submissions wait already; submit it again later")))
      }
    }
  }

  /// Reads a line and verifies its signature: all that needs no order, so that callers do it side by side.
  private func verify(_ line: [UInt8]) throws(NodeError) -> EntryFacts {
    do throws(Refusal) {
      let signed = try asRefusal { () throws(LogError) in try signedLine(line) }
      return try EntryFacts(line: signed)
    } catch {
      throw .refused(error)
    }
  }

  private func signedLine(_ bytes: [UInt8]) throws(LogError) -> SignedLine {
    let line = try SignedLine(bytes)
    guard let key = keyDirectory.key(line.author) else {
      throw LogError(.unknownKey, "no key \(line.author) was ever granted")
    }
    guard line.isSigned(by: key) else {
      throw LogError(.signature, "the signature is not that of key \(line.author)")
    }
    return line
  }

  /// The state, the tree and the time after the last block.
  public func ledger() async -> Ledger { await orderer.ledger }

  /// The log's size now and after each later block; whoever is slow sees only the newest.
  public func sizes() -> AsyncStream<Int> { signal.sizes() }

  /// What the node has done since it was opened.
  public var statistics: NodeStatistics {
    var statistics = meter.statistics
    statistics.queue = intake.count
    return statistics
  }

  /// Ends the work of the node and closes its log, once the block in the making is stored. Later submissions are refused.
  public func stop() async { await orderer.stop() }

  /// The state after the last block.
  public func community() async -> Community { await orderer.ledger.community }
}
