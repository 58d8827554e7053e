import Cryptography
import Encoding

/// Who decides: the pilots' validators, each with one vote.
public struct ValidatorSet: Sendable, Equatable {
  /// The most validators of one log.
  public static let maximumCount = 64

  /// One pilot's validator. It votes with one key and cosigns with another.
  public struct Validator: Sendable, Equatable {
    /// The name under which it cosigns.
    public let name: String
    /// Signs block lines and votes.
    public let vote: PublicKey
    /// Cosigns checkpoints.
    public let cosign: VerifierKey

    /// A validator with two different keys.
    public init(name: String, vote: PublicKey, cosign: PublicKey) throws(LogError) {
      guard vote != cosign else { throw LogError(.genesis, "\(name) votes and cosigns with the same key") }
      (self.name, self.vote, self.cosign) = (name, vote, try VerifierKey(name: name, key: cosign))
    }
  }

  /// In the order of the genesis.
  public let validators: [Validator]

  /// The given validators: at least one, all with names and keys of their own.
  public init(_ validators: [Validator]) throws(LogError) {
    guard (1...Self.maximumCount).contains(validators.count) else {
      throw LogError(.genesis, "a log has 1 to \(Self.maximumCount) validators, not \(validators.count)")
    }
    guard Set(validators.map(\.name)).count == validators.count,
      Set(validators.flatMap { [$0.vote.id, $0.cosign.key.id] }).count == 2 * validators.count
    else { throw LogError(.genesis, "two validators share a name or a key") }
    self.validators = validators
  }

  /// The fewest that are more than two thirds.
  public var quorum: Int { validators.count * 2 / 3 + 1 }

  /// SHA-256 over one line `<name> <vote key id> <verifier key>` for each validator: names the set in block lines.
  public var digest: Digest {
    SHA256.hash(validators.flatMap { Array("\($0.name) \($0.vote.id) \($0.cosign)\n".utf8) })
  }

  /// The validator that votes with `key`.
  public func validator(voting key: KeyID) -> Validator? {
    validators.first { $0.vote.id == key }
  }

  /// Refuses a checkpoint that fewer than a quorum have cosigned.
  public func requireQuorum(on checkpoint: CosignedCheckpoint) throws(LogError) {
    let signers = try checkpoint.verify(validators.map(\.cosign))
    guard signers.count >= quorum else {
      throw LogError(
        .quorum, "\(signers.count) of \(validators.count) validators have cosigned the checkpoint; \(quorum) must")
    }
  }
}
