import Community
import Consensus
import Cryptography
import Dispatch
import Log
import Quantities
import Replica
import Storage
import Synchronization

/// One of several validators at work: it feeds a ``Replica`` with what arrives, and carries out what follows.
///
/// What several inputs lead to is written in one transaction, and nothing of it is sent or answered before that is on
/// the disk.
actor Validator: Orderer {
  /// The most packets and submissions that are worked off before the disk is asked.
  static let batch = 256
  /// How long a submission waits for a quorum.
  static let patience = Duration.seconds(30)

  private let executor = BlockingExecutor("twinergy.validator")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let store: LogStore
  let keys: ValidatorKeys
  let company: Company
  let clock: @Sendable () -> Instant
  let intake: Intake
  let keyDirectory: KeyDirectory
  let signal: BlockSignal
  let meter: NodeMeter
  let inbox: Inbox
  var replica: Replica
  var waiting = WaitingSubmissions()
  /// The height that each other validator says it is deciding, and when it was heard of.
  var peers: [String: (height: Int, heard: ContinuousClock.Instant)] = [:]
  var lastCatchUp = ContinuousClock.now
  var failure: NodeError?
  private var ticks: (any DispatchSourceTimer)?

  init(
    store: LogStore, replica: Replica, keys: ValidatorKeys, company: Company, intake: Intake,
    keyDirectory: KeyDirectory, signal: BlockSignal, meter: NodeMeter, inbox: Inbox,
    clock: @escaping @Sendable () -> Instant
  ) {
    (self.store, self.replica, self.keys, self.company) = (store, replica, keys, company)
    (self.intake, self.keyDirectory, self.signal, self.meter) = (intake, keyDirectory, signal, meter)
    (self.inbox, self.clock) = (inbox, clock)
  }

  var ledger: Ledger { replica.ledger }

  /// Carries out what follows from the start, and takes what arrives from now on.
  func start() {
    carryOut(replica.startupEffects)
    company.transport.start { [inbox] packet, sender in inbox.receive(packet, from: sender) }
    let ticks = DispatchSource.makeTimerSource(queue: .global())
    ticks.schedule(deadline: .now(), repeating: 1)
    ticks.setEventHandler { [inbox] in inbox.tick() }
    ticks.resume()
    self.ticks = ticks
    measure()
  }

  nonisolated func wake() {
    executor.run { [self] in assumeIsolated { $0.work() } }
  }

  private func work() {
    let inputs = inbox.take(Self.batch)
    let submissions = intake.take(Self.batch)
    guard !inputs.isEmpty || !submissions.isEmpty else { return }
    work(inputs, submissions)
    wake()
  }

  func stop() {
    ticks?.cancel()
    company.transport.stop()
    if failure == nil { failure = .halted("the node has been stopped") }
    answer(waiting.removeAll(), .failure(failure!))
    try? store.close()
  }

  private func work(_ inputs: [Replica.Input], _ submissions: [Submission]) {
    guard failure == nil else { return answer(submissions, .failure(failure!)) }
    let (now, time) = (ContinuousClock.now, clock())
    let wasWatching = replica.watchesSince != nil
    var effects: [Replica.Effect] = []
    for input in inputs {
      hear(input, now)
      effects += replica.step(input, at: time)
    }
    // Before a submission is looked up on the disk: a block may just have been decided that holds it.
    carryOut(effects, vouching: wasWatching && replica.watchesSince == nil)
    effects = []
    guard failure == nil else { return answer(submissions, .failure(failure!)) }
    for submission in submissions {
      do throws(NodeError) {
        if try takeRepeated(submission) { continue }
      } catch {
        submission.answer.resume(returning: .failure(error))
        continue
      }
      waiting.add(submission, at: now)
      effects += replica.step(.submit(submission.facts), at: time)
    }
    carryOut(effects)
    if inputs.contains(where: { if case .tick = $0 { true } else { false } }) { tick(now) }
    measure()
  }

  private func hear(_ input: Replica.Input, _ now: ContinuousClock.Instant) {
    guard case .receive(let packet, let sender) = input else { return }
    if case .status(let height) = packet {
      peers[sender] = (height, now)
    } else {
      peers[sender] = (peers[sender]?.height ?? 0, now)
    }
  }

  private func tick(_ now: ContinuousClock.Instant) {
    let what = "the entry waits, and no quorum has decided it; submit the same line again for its receipt"
    answer(waiting.overdue(now - Self.patience), .failure(.undecided(what)))
    catchUp(now)
    // Nobody is left whose word would come: the next start asks what the others publish.
    guard failure == nil, replica.watchesSince != nil, keys.areAlone(in: ledger.terms.present) else { return }
    halt(.peersUnread("this log may lack how it went on after its others had left; start it again"))
  }

  /// Whether the log has the entry of `submission` already; it is answered then, or once that is final.
  private func takeRepeated(_ submission: Submission) throws(NodeError) -> Bool {
    let entry = submission.facts.entry
    guard let holder = ledger.community.keys.holder(entry.author), entry.sequence <= holder.sequence else {
      return false
    }
    let found = try asNode { () throws(StorageError) -> Int? in
      guard let index = try store.index(of: entry.author, sequence: entry.sequence),
        try store.leaves(index..<(index + 1))[0] == entry.line.bytes
      else { return nil }
      return index
    }
    guard let found else {
      throw .sequenceReused("sequence number \(entry.sequence) is used: its key has signed it, or a later one, before")
    }
    let final = try asNode { () throws(StorageError) in
      try store.checkpoint() == nil ? nil : store.publishedCheckpoint()
    }
    if let final, found < final.checkpoint.size {
      submission.answer.resume(returning: .success(Receipt(index: found, checkpoint: final, isRepeated: true)))
    } else {
      waiting.addDecided(submission, at: found)
    }
    return true
  }

  func answer(_ submissions: [Submission], _ result: Result<Receipt, NodeError>) {
    for submission in submissions { submission.answer.resume(returning: result) }
  }
}

extension Validator {
  /// The validator of `store` with `keys`, on its way: it has not started.
  ///
  /// - Parameter since: a moment after which nobody else has voted with these keys.
  static func make(
    _ store: LogStore, _ ledger: Ledger, _ keys: ValidatorKeys, _ company: Company, intake: Intake,
    keyDirectory: KeyDirectory, signal: BlockSignal, meter: NodeMeter, since: Instant,
    clock: @escaping @Sendable () -> Instant
  ) throws(NodeError) -> Validator {
    let vouches = try asNode { () throws(StorageError) in try store.vouches() }
    // Where nobody else decides, nobody else waits for what was forgotten.
    let isAlone = keys.areAlone(in: ledger.terms.present)
    let isRestored = !isAlone && (company.isRestored || !vouches)
    if isRestored { try asNode { () throws(StorageError) in try store.disown() } }
    if isAlone, !vouches { try asNode { () throws(StorageError) in try store.write([.vouch]) } }
    let replica = try Replica(store, ledger, keys, watchesSince: isRestored ? since : nil, now: clock())
    if replica.watchesSince != nil {
      company.tell(NodeEvent("watching", isWarning: true, ("height", "\(ledger.height + 1)")))
    }
    meter.measure { statistics in
      statistics.quorum = ledger.terms.present.quorum
      statistics.isWatching = replica.watchesSince != nil
    }
    let others = ledger.terms.present.validators.map(\.name).filter { $0 != keys.name }
    company.transport.know(others)
    let door = Door()
    let inbox = Inbox(senders: others) { door.open() }
    let validator = Validator(
      store: store, replica: replica, keys: keys, company: company, intake: intake, keyDirectory: keyDirectory,
      signal: signal, meter: meter, inbox: inbox, clock: clock)
    door.leads(to: validator)
    return validator
  }

  /// Follows the others' published logs where they are far ahead: block by block would take longer.
  func catchUp(_ now: ContinuousClock.Instant) {
    let validators = ledger.terms.present.validators.count
    let heights = peers.values.map(\.height).sorted(by: >)
    // Of any faulty + 1 one is honest.
    let faulty = (validators - 1) / 3
    // A single validator's blocks have no votes that would prove them one by one.
    let far = validators == 1 ? 1 : Self.far
    guard failure == nil, replica.halted == nil, heights.count > faulty, heights[faulty] > ledger.height + far,
      now - lastCatchUp > Self.pause
    else { return }
    lastCatchUp = now
    do throws(NodeError) {
      let wasWatching = replica.watchesSince != nil
      var caughtUp = ledger
      try CatchUp(store: store, peers: company.peers, tell: company.tell).run(&caughtUp) { block in
        answer(waiting.decide(block), .failure(.sequenceReused("the sequence number was used by another entry")))
      }
      guard try asNode({ () throws(StorageError) in try store.lastBlock().height }) > ledger.height else { return }
      replica = try Replica(store, caughtUp, keys, watchesSince: replica.watchesSince, now: clock())
      keyDirectory.update(caughtUp.community.keys)
      lastCatchUp = ContinuousClock.now
      carryOut(replica.startupEffects, vouching: wasWatching && replica.watchesSince == nil)
      for facts in waiting.facts { carryOut(replica.step(.submit(facts), at: clock())) }
    } catch {
      failure = error
      answer(waiting.removeAll(), .failure(error))
      meter.halted(error)
    }
  }

  /// So many blocks behind, a validator reads the others' tiles.
  private static var far: Int { 256 }
  /// The shortest time between two attempts.
  private static var pause: Duration { .seconds(10) }

  /// Writes down how it stands.
  func measure() {
    let now = ContinuousClock.now
    let consensus = replica.consensus
    let others = consensus.validators.validators.map(\.name).filter { $0 != keys.name }
    let refused = inbox.refused
    if inbox.know(others) { company.transport.know(others) }
    meter.measure { statistics in
      statistics.quorum = consensus.validators.quorum
      (statistics.height, statistics.round) = (consensus.height, consensus.round)
      statistics.step = "\(consensus.step)"
      (statistics.isDeciding, statistics.missing) = (consensus.isStarted, consensus.missing)
      statistics.isWatching = replica.watchesSince != nil
      statistics.peers = others.map { name in
        (name, peers[name].map { Int((now - $0.heard).components.seconds) })
      }
      statistics.waiting = replica.mempool.entries.count
      statistics.dropped = refused.dropped + company.transport.dropped
      statistics.malformed = refused.malformed
    }
  }
}

extension Replica {
  /// The validator with `keys` after the last block of `store`, with what it has said since.
  init(
    _ store: LogStore, _ ledger: Ledger, _ keys: ValidatorKeys, watchesSince: Instant?, now: Instant
  ) throws(NodeError) {
    let (decision, records) = try asNode { () throws(StorageError) in
      (try store.decision(), try store.records(height: ledger.height + 1))
    }
    do {
      var packets: [Packet] = []
      for record in records { packets.append(try Packet(record)) }
      let cosigned = decision?.cosigned ?? []
      try self.init(
        ledger: ledger, keys: keys, precommits: decision?.precommits ?? [],
        checkpoint: cosigned.isEmpty ? nil : CosignedCheckpoint(cosigned), records: watchesSince == nil ? packets : [],
        watchesSince: watchesSince, now: now)
    } catch {
      throw .refused(.log(error))
    }
  }
}

/// Wakes a validator that is made after its inbox.
private final class Door: Sendable {
  private struct Beyond {
    weak var validator: Validator?
  }

  private let beyond = Mutex(Beyond())

  func leads(to validator: Validator) { beyond.withLock { $0.validator = validator } }

  func open() {
    beyond.withLock { $0.validator }?.wake()
  }
}
