import Cryptography
import Log

/// What the application says of a proposed block.
public struct Verdict: Sendable, Hashable {
  /// `valid(v)`: every entry may happen, and the block line is the one that follows. The same on every honest validator.
  public let isValid: Bool
  /// Whether the block's time is near this validator's clock. Asked only when a block is proposed for the first time.
  public let isTimely: Bool

  /// A verdict of these parts.
  public init(isValid: Bool, isTimely: Bool) { (self.isValid, self.isTimely) = (isValid, isTimely) }
}

extension Consensus {
  /// What a validator learns. Signatures are verified before.
  public enum Input: Sendable {
    /// There is something to decide.
    case start
    /// A proposal whose block is at hand.
    case proposal(SignedProposal, Verdict)
    /// A vote; the validator's own votes come back this way, too.
    case vote(SignedVote)
    /// A quorum's votes as a whole.
    case certificate(Certificate)
    /// A wait is over.
    case timeout(Timeout)
    /// A validator that only watched says from now on, under this key, what it has to say from `round` on.
    case speak(KeyID, round: Int)
    /// All rounds before this one are left.
    case leave(before: Int)
  }

  /// What a validator must do, in this order.
  public enum Action: Sendable {
    /// Propose in this round: the block that a quorum prevoted earlier, or a new one.
    case propose(round: Int, valid: ValidBlock?)
    /// Sign the vote, store it, send it, and hand it back as an input. A precommit for a block comes with what it
    /// rests on, which is stored with it.
    case vote(Vote, lock: Lock?)
    /// Wait, and hand the timeout back as an input.
    case schedule(Timeout)
    /// The height is decided.
    case decide(Certificate)
    /// A quorum has precommitted a block that is not valid here: this program or theirs is wrong.
    case dispute(Certificate)
    /// Two lines that no honest validator signs both.
    case evidence(SignedLine, SignedLine)
    /// The message is not taken.
    case refuse(MessageRefusal)
  }

  /// What a precommit for a block rests on.
  public struct Lock: Sendable {
    /// The prevotes of a quorum.
    public let certificate: Certificate
    /// The round's proposal.
    public let proposal: SignedProposal

    /// The proposal and the prevotes for its block.
    public init(certificate: Certificate, proposal: SignedProposal) {
      (self.certificate, self.proposal) = (certificate, proposal)
    }
  }

  /// A block that a quorum has prevoted in an earlier round.
  public struct ValidBlock: Sendable, Hashable {
    /// The round.
    public let round: Int
    /// The block.
    public let root: Digest
  }
}

/// Why a validator does not take a message.
public enum MessageRefusal: String, Error, Sendable, CaseIterable {
  /// It is of another log or height.
  case elsewhere
  /// Its author is no validator.
  case stranger
  /// Its author does not propose in this round.
  case notProposer
  /// It is known.
  case duplicate
  /// Its author contradicts itself; the first message counts.
  case contradiction
  /// Its round is over and no longer needed.
  case oldRound
  /// Its author has been heard of in a later round.
  case overtaken
  /// It is of a round that no honest validator comes to.
  case tooFar
}
