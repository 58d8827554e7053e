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
}
