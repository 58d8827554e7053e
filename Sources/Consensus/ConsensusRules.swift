import Cryptography
import Log

extension Consensus {
  /// Carries out the first rule whose condition holds; answers whether there was one.
  mutating func applyRule(_ actions: inout [Action]) -> Bool {
    if decide(&actions) { return true }
    if let later = laterRound {
      startRound(later, &actions)
      return true
    }
    guard let present = rounds[round] else { return false }
    return prevote(present, &actions) || precommit(present, &actions) || wait(present, &actions)
  }

  // L49–51: a proposal and a quorum of precommits for its block, in whatever round.
  private mutating func decide(_ actions: inout [Action]) -> Bool {
    for (_, round) in rounds.sorted(by: { $0.key < $1.key }) {
      guard let certificate = round.precommits.certificate, let isValid = isValid(certificate.root) else { continue }
      if isValid {
        decision = certificate
        actions.append(.decide(certificate))
        return true
      }
      if !isDisputed {
        isDisputed = true
        actions.append(.dispute(certificate))
      }
    }
    return false
  }

  /// What the application said of the block `root`; nil where no proposal brought it.
  private func isValid(_ root: Digest) -> Bool? {
    rounds.values.first { $0.proposal?.proposal.root == root }?.verdict.isValid
  }

  // L55–56: f + 1 validators are in a later round.
  private var laterRound: Int? {
    let later = latest.sorted(by: >)[faulty]
    return later > round ? later : nil
  }

  private mutating func prevote(_ present: Round, _ actions: inout [Action]) -> Bool {
    guard step == .propose, let proposal = present.proposal?.proposal else { return false }
    let mayVote: Bool
    if let validRound = proposal.validRound {
      // L28–29: the proposal was prevoted by a quorum in an earlier round, not before this validator's lock.
      guard rounds[validRound]?.prevotes.certificate?.root == proposal.root else { return false }
      mayVote = present.verdict.isValid && (locked.map { $0.round <= validRound || $0.root == proposal.root } ?? true)
    } else {
      // L22–23: a new proposal.
      let isAcceptable = present.verdict.isValid && (present.verdict.isTimely || locked?.root == proposal.root)
      mayVote = isAcceptable && allows(proposal.root)
    }
    vote(.prevote, mayVote ? proposal.root : nil, in: round, &actions)  // L24–26, L30–32
    step = .prevote  // L27, L33
    return true
  }

  /// The lock rule of L23: nothing is locked, or this very block.
  private func allows(_ root: Digest) -> Bool { locked == nil || locked?.root == root }

  private mutating func precommit(_ present: Round, _ actions: inout [Action]) -> Bool {
    // L36: the proposal and a quorum of prevotes for its block, for the first time.
    if step >= .prevote, !present.hasSeenQuorum, let certificate = present.prevotes.certificate,
      let proposal = present.proposal, proposal.proposal.root == certificate.root, present.verdict.isValid
    {
      rounds[round]!.hasSeenQuorum = true
      let block = ValidBlock(round: round, root: certificate.root)
      valid = block  // L42–43
      if step == .prevote {  // L37
        locked = block  // L38–39
        let lock = Lock(certificate: certificate, proposal: proposal)
        vote(.precommit, certificate.root, in: round, lock: lock, &actions)  // L40
        step = .precommit  // L41
      }
      return true
    }
    // L44–46: a quorum of prevotes for no block.
    guard step == .prevote, present.prevotes.countForNone >= validators.quorum else { return false }
    vote(.precommit, nil, in: round, &actions)
    step = .precommit
    return true
  }

  private mutating func wait(_ present: Round, _ actions: inout [Action]) -> Bool {
    // L34–35: a quorum of prevotes, for whatever it may be, for the first time.
    if step == .prevote, !present.hasScheduledPrevote, present.prevotes.count >= validators.quorum {
      rounds[round]!.hasScheduledPrevote = true
      actions.append(.schedule(Timeout(.prevote, height: height, round: round)))
      return true
    }
    // L47–48: a quorum of precommits, for whatever it may be, for the first time.
    if !present.hasScheduledPrecommit, present.precommits.count >= validators.quorum {
      rounds[round]!.hasScheduledPrecommit = true
      actions.append(.schedule(Timeout(.precommit, height: height, round: round)))
      return true
    }
    return false
  }
}
