import Cryptography
import Quantities

/// Who may speak and who decides, as a function of the log: keys, validators, parameters, and the motions to change them.
///
/// One value for the validator that admits an entry and for the auditor that reads it years later. It changes with
/// governance events, and at the end of each block, where what was approved takes effect.
public struct Governance: Sendable {
  /// The most motions of one key that are open or wait for their height.
  public static let maximumMotions = 4

  /// A motion that waits for approval.
  public struct OpenMotion: Sendable, Equatable {
    /// What is proposed.
    public let motion: Motion
    /// The key that proposed it.
    public let proposer: KeyID
    /// The voting keys that have approved it, in the order of their approvals.
    public internal(set) var approvals: [KeyID]
  }

  /// A motion that is approved and waits for its height.
  public struct ScheduledMotion: Sendable, Equatable {
    /// What was approved.
    public let motion: Motion
    /// The key that proposed it.
    public let proposer: KeyID
    /// The first height at which it holds.
    public let height: Int
  }

  /// A validator's key that has contradicted itself.
  public struct Guilt: Sendable, Equatable {
    /// The voting key.
    public let key: KeyID
    /// The height at which it contradicted itself.
    public let height: Int
    /// The entry that proves it.
    public let index: Int
  }

  /// The log's origin.
  public let origin: String
  /// All keys.
  public internal(set) var keys: KeyRing
  /// Who decides, and who did.
  public internal(set) var terms: ValidatorTerms
  /// What all compute with, in the block that is being made.
  public internal(set) var parameters: Genesis.Parameters
  /// The motions that wait for approval, in the order of their proposals.
  public internal(set) var open: [OpenMotion] = []
  /// The motions that wait for their heights, which rise.
  public internal(set) var scheduled: [ScheduledMotion] = []
  /// The keys that are proven guilty, in the order of the proofs.
  public internal(set) var guilty: [Guilt] = []
  /// Whether `key` is proven guilty.
  public func isGuilty(_ key: KeyID) -> Bool { guilty.contains { $0.key == key } }
  /// The height of the block that is being made.
  public private(set) var height = 1
  /// The time of the block before it; the genesis' before the first.
  public private(set) var time: Instant

  /// The beginning of the log of `genesis`.
  public init(_ genesis: Genesis) {
    (origin, keys, time) = (genesis.origin, KeyRing(genesis), genesis.time)
    (terms, parameters) = (ValidatorTerms(genesis.validators), genesis.parameters)
  }

  /// The validators that decide the block that is being made.
  public var validators: ValidatorSet { terms.present }

  /// They, and those who will be validators by what is approved and waits for its height.
  public var validatorsToCome: [ValidatorSet.Validator] {
    validators.validators
      + scheduled.flatMap(\.motion.changes).compactMap { change in
        switch change {
        case .added(let validator), .replaced(let validator): validator
        default: nil
        }
      }
  }

  /// Counts an entry of `author`, whose key is in the ring.
  public mutating func count(_ author: KeyID, sequence: Int) { keys.count(author, sequence: sequence) }

  /// Carries out an event of the entry at `index`, signed by `author`; a refused one changes nothing.
  public mutating func apply(_ event: GovernanceEvent, by author: KeyID, at index: Int) throws(LogError) {
    var after = self
    switch event {
    case .granted(let grant): try after.decideAlone(.granted(grant), author, index)
    case .revoked(let key): try after.decideAlone(.revoked(key), author, index)
    case .proposed(let motion): try after.propose(motion, author)
    case .approved(let motion): try after.approve(motion, author)
    case .withdrawn(let motion): try after.withdraw(motion, author)
    case .accused(let evidence): try after.accuse(evidence, at: index)
    }
    self = after
  }

  private mutating func decideAlone(_ change: Change, _ author: KeyID, _ index: Int) throws(LogError) {
    try requireValidator(author)
    guard validators.quorum == 1 else {
      throw LogError(
        .quorumNeeded, "\(change.type) needs \(validators.quorum) validators to approve it: propose it as a motion")
    }
    try carryOut(change, from: index + 1)
    if !scheduled.isEmpty { try rehearse() }
  }

  func requireValidator(_ author: KeyID) throws(LogError) {
    guard validators.validator(voting: author) != nil else {
      throw LogError(.authority, "governance needs a validator's voting key")
    }
  }

  private mutating func accuse(_ evidence: Evidence, at index: Int) throws(LogError) {
    guard evidence.chain == origin else {
      throw LogError(.wrongChain, "the evidence is of \(evidence.chain), not of \(origin)")
    }
    guard let validator = terms.validator(voting: evidence.author) else {
      throw LogError(.evidence, "key \(evidence.author) is and was no validator's voting key")
    }
    guard !isGuilty(evidence.author) else {
      throw LogError(.evidenceKnown, "key \(evidence.author) is proven guilty already")
    }
    try evidence.verify(validator.vote)
    guilty.append(Guilt(key: evidence.author, height: evidence.height, index: index))
  }

  /// Ends the block that is being made: what was approved for the next height holds from the next leaf on.
  ///
  /// - Parameters:
  ///   - size: how many leaves the log has with the block's line.
  ///   - time: the block's time.
  public mutating func endBlock(size: Int, time: Instant) {
    height += 1
    self.time = max(self.time, time)
    while let next = scheduled.first, next.height <= height {
      scheduled.removeFirst()
      do {
        for change in next.motion.changes { try carryOut(change, from: size) }
      } catch {
        preconditionFailure("what was approved cannot be carried out: \(error)")
      }
    }
    if !open.isEmpty { forgetMotions() }
  }

  /// Goes on behind the block at `height` and `time`, at whose end this state was written down.
  public mutating func resume(after height: Int, at time: Instant) { (self.height, self.time) = (height + 1, time) }
}
