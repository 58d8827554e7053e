import Cryptography

/// The secret keys of one validator.
public struct ValidatorKeys: Sendable {
  /// The name under which it cosigns.
  public let name: String
  /// Signs block lines.
  public let vote: SecretKey
  /// Cosigns checkpoints.
  public let cosign: SecretKey

  /// The keys of the validator `name`.
  public init(name: String, vote: SecretKey, cosign: SecretKey) {
    (self.name, self.vote, self.cosign) = (name, vote, cosign)
  }

  /// Whether one of `validators` has these keys and this name.
  public func belong(to validators: [ValidatorSet.Validator]) -> Bool {
    validators.contains { $0.name == name && $0.vote == vote.publicKey && $0.cosign.key == cosign.publicKey }
  }

  /// Whether these are the keys of the only one of `set`.
  public func areAlone(in set: ValidatorSet) -> Bool { set.validators.count == 1 && belong(to: set.validators) }
}
