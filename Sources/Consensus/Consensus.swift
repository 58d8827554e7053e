import Cryptography
import Log

/// One height of Tendermint's algorithm (arXiv:1807.04938, "The latest gossip on BFT consensus", Algorithm 1) as a value.
///
/// Lines of the algorithm are cited as `L22`. A height that is decided is over; the next is another value (L52–54). Equal
/// votes: a quorum is more than two thirds of the validators, and of any `faulty + 1` at least one is honest. What is held
/// is bounded by the number of validators, whatever arrives: see ``window`` and ``accept(_:round:)``.
///
/// Where networks lose messages and machines restart, rules are added that the paper's model does not need:
/// - **Whole certificates.** A quorum's votes are taken as a whole, so that a liar who told us something else first does not
///   hide them from us.
/// - **No round is left without a vote.** Who starts a round without having voted in the one before votes for no block
///   there, so that those who are still in it can follow though messages were lost.
/// - **At least, not exactly.** L55 counts validators in the round *or a later one*.
/// - **State loss.** Rounds are left, and a validator begins to speak in a later one: ``Input/leave(before:)``,
///   ``Input/speak(_:round:)``.
public struct Consensus: Sendable {
  /// The steps of a round (L4).
  public enum Step: Int, Sendable, Comparable {
    /// Before the prevote.
    case propose
    /// After the prevote.
    case prevote
    /// After the precommit.
    case precommit

    /// Whether `a` comes before `b`.
    public static func < (a: Step, b: Step) -> Bool { a.rawValue < b.rawValue }
  }

  /// How many rounds before the present one are held.
  public static let window = 8
  /// No honest validator comes near this round: later ones are refused.
  public static let lastRound = 1 << 40

  /// The log's origin.
  public let chain: String
  /// The height that is being decided.
  public let height: Int
  /// Who decides it.
  public let validators: ValidatorSet
  /// This validator's voting key; nil for one who only watches.
  public private(set) var me: KeyID?
  /// The present round (L3).
  public internal(set) var round = 0
  /// The present step (L4).
  public internal(set) var step = Step.propose
  /// The block that this validator may not vote against, and the round in which it precommitted it (L6–7).
  public internal(set) var locked: ValidBlock?
  /// The newest block that a quorum has prevoted (L8–9).
  public internal(set) var valid: ValidBlock?
  /// Whether ``Input/start`` came.
  public internal(set) var isStarted = false
  /// The decision (L5).
  public internal(set) var decision: Certificate?

  var rounds: [Int: Round] = [:]
  /// The latest round in which each validator was heard of; -1 before the first.
  var latest: [Int]
  /// Own votes: what was said once is never said otherwise.
  var own: Set<Slot> = []
  var ownProposals: Set<Int> = []
  var isDisputed = false

  struct Slot: Hashable, Sendable {
    var round: Int
    var step: Vote.Step
  }

  /// The height `height` of the log `chain`, seen by the validator that votes with `me`.
  public init(chain: String, height: Int, validators: ValidatorSet, me: KeyID?) {
    (self.chain, self.height, self.validators, self.me) = (chain, height, validators, me)
    latest = Array(repeating: -1, count: validators.validators.count)
  }

  /// How many validators may lie: fewer than a third.
  public var faulty: Int { (validators.validators.count - 1) / 3 }

  /// The place of the round's proposer: all take turns.
  public func proposer(_ round: Int) -> Int { (height - 1 + round) % validators.validators.count }

  /// Of how many validators something was heard at this height.
  public var heard: Int { latest.count { $0 >= 0 } }

  func place(_ key: KeyID) -> Int? { validators.validators.firstIndex { $0.vote.id == key } }

  /// Takes an input; answers what to do, in order.
  public mutating func step(_ input: Input) -> [Action] {
    var actions: [Action] = []
    guard decision == nil else { return actions }
    do throws(MessageRefusal) {
      switch input {
      case .start: start(&actions)
      case .proposal(let proposal, let verdict): try take(proposal, verdict, &actions)
      case .vote(let vote): try take(vote, &actions)
      case .certificate(let certificate): try take(certificate)
      case .timeout(let timeout): end(timeout, &actions)
      case .speak(let me, let round): speak(me, from: round, &actions)
      case .leave(let next): if next > round { enter(next, &actions) }
      }
    } catch {
      actions.append(.refuse(error))
    }
    while isStarted, decision == nil, applyRule(&actions) {}
    return actions
  }

  /// Removes the lock rule, to see what it is for: two blocks can then be decided at one height.
  package mutating func forgetLock() { locked = nil }

  // L10: upon start do StartRound(0). A restarted validator goes on where it stood.
  private mutating func start(_ actions: inout [Action]) {
    guard !isStarted else { return }
    isStarted = true
    if step == .propose { begin(&actions) }
  }

  /// Says nothing in rounds before `first`: what it may have said there it does not know.
  private mutating func speak(_ me: KeyID, from first: Int, _ actions: inout [Action]) {
    guard self.me == nil else { return }
    self.me = me
    let next = max(first, round)
    own.formUnion(Vote.Step.allCases.map { Slot(round: next - 1, step: $0) })
    // While it watched it went through the steps of its round without a word.
    rounds[next]?.forgetSteps()
    enter(next, &actions)
  }

  /// Starts the round `next`, once the height has begun.
  private mutating func enter(_ next: Int, _ actions: inout [Action]) {
    if isStarted { startRound(next, &actions) } else { (round, step) = (next, .propose) }
  }

  // L11–13: Function StartRound(round).
  mutating func startRound(_ next: Int, _ actions: inout [Action]) {
    for step in Vote.Step.allCases where !own.contains(Slot(round: next - 1, step: step)) {
      vote(step, nil, in: next - 1, &actions)
    }
    (round, step) = (next, .propose)
    forgetOldRounds()
    begin(&actions)
  }

  // L14–21: the proposer proposes, the others wait for it.
  private mutating func begin(_ actions: inout [Action]) {
    guard let me, validators.validators[proposer(round)].vote.id == me else {
      return actions.append(.schedule(Timeout(.propose, height: height, round: round)))
    }
    // The wait covers a proposer that finds nothing to propose.
    actions.append(.schedule(Timeout(.propose, height: height, round: round)))
    if ownProposals.insert(round).inserted { actions.append(.propose(round: round, valid: valid)) }
  }

  /// Says a vote once; a validator that only watches says nothing.
  mutating func vote(
    _ step: Vote.Step, _ root: Digest?, in round: Int, lock: Lock? = nil, _ actions: inout [Action]
  ) {
    guard me != nil, own.insert(Slot(round: round, step: step)).inserted else { return }
    let vote = Vote(chain: chain, height: height, round: round, step: step, root: root)
    actions.append(.vote(vote, lock: lock))
  }

  private mutating func end(_ timeout: Timeout, _ actions: inout [Action]) {
    guard isStarted, timeout.height == height, timeout.round == round else { return }
    switch timeout.kind {
    case .propose:  // L57–60
      guard step == .propose else { return }
      vote(.prevote, nil, in: round, &actions)
      step = .prevote
    case .prevote:  // L61–64
      guard step == .prevote else { return }
      vote(.precommit, nil, in: round, &actions)
      step = .precommit
    case .precommit:  // L65–67
      startRound(round + 1, &actions)
    }
  }
}
