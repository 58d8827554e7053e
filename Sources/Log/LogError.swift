import Cryptography
import Encoding

/// Why bytes are not, or do not belong in, this log.
public struct LogError: Fault, Equatable {
  /// The kinds of refusal. `rawValue` is the stable code.
  public enum Kind: String, Sendable, CaseIterable {
    /// Not three base64url parts joined by dots.
    case jwsMalformed = "jws_malformed"
    /// A part has characters or trailing bits that base64url does not allow.
    case jwsNotCanonical = "jws_not_canonical"
    /// The protected header is not the one that this kind of line has.
    case jwsHeader = "jws_header"
    /// The line is longer than an entry bundle can hold.
    case tooLong = "entry_too_long"
    /// The payload is not the JSON of an entry.
    case payload = "entry_payload"
    /// The entry was signed for another log.
    case wrongChain = "wrong_chain"
    /// The signature does not verify.
    case signature = "signature_invalid"
    /// No key of this identifier was ever granted.
    case unknownKey = "key_unknown"
    /// The key was granted later or revoked earlier.
    case keyWindow = "key_not_valid_here"
    /// The key may not say this.
    case authority = "not_authorised"
    /// The key has already signed this sequence number or a later one.
    case sequence = "sequence_used"
    /// A governance event cannot be carried out.
    case governance = "governance_refused"
    /// One validator cannot decide this alone.
    case quorumNeeded = "quorum_needed"
    /// No motion of that name waits for approval.
    case motionUnknown = "motion_unknown"
    /// The motion is open already, or approved.
    case motionExists = "motion_exists"
    /// The key has as many motions as it may have.
    case motionsFull = "motions_full"
    /// The validator has approved the motion before.
    case approvalExists = "approval_exists"
    /// The genesis document breaks its rules.
    case genesis = "genesis_invalid"
    /// The block line breaks its rules.
    case block = "block_invalid"
    /// The payload is not the JSON of a vote.
    case vote = "vote_invalid"
    /// The payload is not the JSON of a proposal.
    case proposal = "proposal_invalid"
    /// The votes are not those of a quorum for one block.
    case certificate = "certificate_invalid"
    /// The bytes are not a packet between validators.
    case packet = "packet_malformed"
    /// The lines do not contradict each other.
    case evidence = "evidence_invalid"
    /// The key is proven guilty already.
    case evidenceKnown = "evidence_known"
    /// The text is not a signed note.
    case note = "note_malformed"
    /// The text is not a checkpoint.
    case checkpoint = "checkpoint_malformed"
    /// Fewer validators than a quorum have cosigned.
    case quorum = "quorum_missing"
    /// The bytes are not a tile or an entry bundle.
    case tile = "tile_malformed"
    /// The text is not a trust policy.
    case policy = "policy_malformed"
    /// The text is not a proof.
    case proofMalformed = "proof_malformed"
    /// The proof does not lead to the root.
    case proof = "proof_invalid"
  }

  /// What kind of refusal this is.
  public let kind: Kind
  /// What was wrong.
  public let sentence: String

  /// A refusal of `kind`, explained by `sentence`.
  public init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }

  /// The stable code.
  public var code: String { kind.rawValue }
}

extension LogError {
  /// The same refusal, told as one of `kind`.
  init(_ kind: Kind, _ error: JSONError) { self.init(kind, error.sentence) }
}

/// Runs `body`, telling a refusal of its JSON as one of `kind`.
func asLog<Value>(_ kind: LogError.Kind, _ body: () throws(JSONError) -> Value) throws(LogError) -> Value {
  do {
    return try body()
  } catch {
    throw LogError(kind, error)
  }
}
