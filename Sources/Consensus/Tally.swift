import Cryptography
import Log

/// The votes of one step of one round: at most one for each validator, and the certificate that they come to.
struct Tally: Sendable {
  /// What became of a vote.
  enum Addition {
    case added
    case duplicate
    case contradicts(SignedVote)
  }

  /// By the validators' places in their set; the first that each sent.
  private(set) var votes: [SignedVote?]
  /// The votes of a quorum for one block.
  private(set) var certificate: Certificate?

  init(_ validators: ValidatorSet) {
    votes = Array(repeating: nil, count: validators.validators.count)
  }

  mutating func add(_ vote: SignedVote, at place: Int, _ validators: ValidatorSet) -> Addition {
    if let first = votes[place] { return first.vote == vote.vote ? .duplicate : .contradicts(first) }
    votes[place] = vote
    if certificate == nil, let root = vote.vote.root {
      let same = votes.compactMap { $0 }.filter { $0.vote.root == root }
      if same.count >= validators.quorum { certificate = try? Certificate(same, validators: validators) }
    }
    return .added
  }

  /// Takes a quorum's votes as a whole: what a liar told us first in its own name does not count against them.
  mutating func take(_ whole: Certificate) {
    if certificate == nil { certificate = whole }
  }

  /// How many validators have voted, for whatever it may be.
  var count: Int { votes.count { $0 != nil } }

  /// How many have voted for no block.
  var countForNone: Int { votes.count { $0 != nil && $0!.vote.root == nil } }

  /// All votes that are held.
  var all: [SignedVote] { votes.compactMap { $0 } }
}

/// What is known of one round.
struct Round: Sendable {
  /// The first proposal of the round's proposer.
  var proposal: SignedProposal?
  /// Whether its block may be decided, and whether its time is near ours.
  var verdict = Verdict(isValid: false, isTimely: false)
  var prevotes: Tally
  var precommits: Tally
  var hasScheduledPrevote = false
  var hasScheduledPrecommit = false
  var hasSeenQuorum = false

  init(_ validators: ValidatorSet) {
    (prevotes, precommits) = (Tally(validators), Tally(validators))
  }

  /// Goes through the steps once more.
  mutating func forgetSteps() { (hasScheduledPrevote, hasScheduledPrecommit, hasSeenQuorum) = (false, false, false) }

  subscript(step: Vote.Step) -> Tally {
    get { step == .prevote ? prevotes : precommits }
    set { if step == .prevote { prevotes = newValue } else { precommits = newValue } }
  }
}
