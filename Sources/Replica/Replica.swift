import Community
import Consensus
import Cryptography
import Log
import Quantities

/// A validator as a value: inputs in, effects out. It knows no clock, disk or network; the node and the simulator drive it.
///
/// What it decides: which entries wait, what it proposes, whether a proposed block is valid, what it votes, when a height is
/// decided, what it cosigns, and what it sends to whom.
public struct Replica: Sendable {
  /// How far a new block's time may be from this validator's clock, in milliseconds, in round 0; each round as much more.
  public static let clockTolerance = 10_000
  /// The most blocks that are served to one peer between two ticks.
  public static let servedPerTick = 64

  /// The community after the last decided block.
  public internal(set) var ledger: Ledger
  /// The newest checkpoint that a quorum has cosigned.
  public internal(set) var final: CosignedCheckpoint?
  /// Entries that wait.
  public internal(set) var mempool = Mempool()
  /// The height that is being decided.
  public internal(set) var consensus: Consensus
  /// Why the validator votes no more.
  public internal(set) var halted: Divergence?
  /// Since when the validator only watches, because it may not know all that it has said; nil where it votes.
  public internal(set) var watchesSince: Instant?

  let keys: ValidatorKeys
  /// The round in which this validator had nothing to propose.
  var unproposed: Int?
  let isSigned: Verify
  /// The precommits that decided the last block, for the next block's line.
  var lastPrecommits: [Precommit] = []
  /// The blocks of this height that a held proposal names.
  var candidates: [Digest: Candidate] = [:]
  /// Messages of the next height.
  var ahead = EarlyMessages()
  var cosignatures = Cosignatures()
  var served: [String: Int] = [:]
  /// What the others are asked before something is refused, and whether to ask again.
  var (inquiry, isInquiryDue): (Inquiry?, Bool) = (nil, false)
  /// What the others are asked before a validator that watches speaks.
  var recollection: Recollection?
  /// The last height at which a validator that watches may have spoken before, once all others have answered.
  var lastForgotten: Int?
  /// The last question of each that forgot, for which rounds of this height were left; whether some were since the last tick.
  var (forgotten, hasLeftRounds): ([String: Int], Bool) = ([:], false)
  /// The number of the last question.
  var lastQuestion = 0
  /// Evidence that is not on the log yet.
  var accusations = Accusations()
  /// How many leaves the log had when the newest state digest was taken, and when the one before it was, which others have
  /// confirmed; 1 where that was before this start.
  var (stateSize, agreedSize) = (1, 1)
  var now: Instant
  var effects: [Effect] = []

  /// A validator that starts, for the first time or again.
  ///
  /// - Parameters:
  ///   - ledger: the log on this machine's disk.
  ///   - precommits: the votes that decided its last block; none before the first, or where they are not known.
  ///   - checkpoint: the checkpoint stored with its last block, cosigned at least by this validator; nil where it is none.
  ///   - records: what was persisted for the height after it, in order.
  ///   - watchesSince: where the disk may have lost what the validator has said, when this was noticed: see ``watches(since:until:round:)``.
  ///   - now: this machine's clock.
  ///   - isSigned: checks signatures.
  public init(
    ledger: Ledger, keys: ValidatorKeys, precommits: [SignedVote], checkpoint: CosignedCheckpoint?, records: [Packet],
    watchesSince: Instant? = nil, now: Instant, isSigned: @escaping Verify = { $0.isSigned(by: $1) }
  ) throws(LogError) {
    (self.ledger, self.keys, self.now, self.isSigned) = (ledger, keys, now, isSigned)
    lastPrecommits = Certificate.sorted(precommits, validators: ledger.terms.validators(at: ledger.height))
      .map(Precommit.init)
    let watches = Self.watches(since: watchesSince, until: ledger.time, round: lastPrecommits.first?.round)
    self.watchesSince = watches
    consensus = Self.height(after: ledger, keys, isWatching: watches != nil)
    let tree = Checkpoint(origin: consensus.chain, size: ledger.size, root: ledger.tiles.root)
    cosignatures.decided(checkpoint ?? CosignedCheckpoint(tree, signatures: []), by: deciders, keys: keys)
    for record in records { try restore(record) }
    if consensus.hasSpoken { run(.start) }
    startupEffects = effects
    effects = []
  }

  /// What follows from the start itself: the first effects to carry out.
  public private(set) var startupEffects: [Effect] = []

  static func height(after ledger: Ledger, _ keys: ValidatorKeys, isWatching: Bool) -> Consensus {
    let validators = ledger.terms.validators(at: ledger.height + 1)
    let isMember = validators.validator(voting: keys.vote.id) != nil
    return Consensus(
      chain: ledger.community.genesis.origin, height: ledger.height + 1, validators: validators,
      me: isMember && !isWatching ? keys.vote.id : nil)
  }

  /// Who decided the last block; the first ones before it.
  var deciders: ValidatorSet { ledger.terms.validators(at: ledger.height) }

  /// Takes an input at the time `now` of this machine's clock; answers what to do, in order.
  public mutating func step(_ input: Input, at now: Instant) -> [Effect] {
    self.now = now
    effects = []
    switch input {
    case .submit(let facts): submit(facts)
    case .receive(let packet, let sender): receive(packet, from: sender)
    case .timeout(let timeout): if halted == nil { run(.timeout(timeout)) }
    case .tick: tick()
    }
    defer { effects = [] }
    return effects
  }

  /// Whether evidence was seen that is not on the log yet.
  package var owesEvidence: Bool { !accusations.isEmpty }

  /// Removes the lock rule, to see what it is for.
  package mutating func forgetLock() { consensus.forgetLock() }

  private mutating func submit(_ facts: EntryFacts) {
    guard halted == nil else { return effects.append(.refuse(facts, .halted)) }
    var trial = ledger
    var isPossible = true
    do {
      _ = try trial.append(facts, leaf: MerkleHash.leaf(facts.entry.line.bytes), time: max(now, ledger.time))
    } catch {
      // What waits before it may make it possible; what cannot follow from signatures and numbers is refused at once.
      if case .log = error { return effects.append(.refuse(facts, .refused(error))) }
      isPossible = false
    }
    switch mempool.add(facts, isLocal: true) {
    case .added:
      effects.append(.broadcast(.entries([facts.entry.line])))
      wake()
    case .known: break
    case .full: return effects.append(.refuse(facts, .busy))
    }
    if !isPossible { inquire() }
  }

  /// Something waits: the height may begin, and a proposer that had nothing to propose has.
  mutating func wake() {
    run(.start)
    if let round = unproposed, round == consensus.round, consensus.step == .propose { propose(in: round, nil) }
  }

  mutating func halt(_ divergence: Divergence) {
    guard halted == nil else { return }
    halted = divergence
    effects.append(.halt(divergence))
  }
}
