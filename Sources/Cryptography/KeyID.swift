import Encoding

/// The name of a key: the SHA-256 thumbprint of its JWK (RFC 7638, RFC 8037 appendix A.3).
///
/// It follows from the key, so that nobody can give one name to two keys.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
  /// Characters of the name.
  public static let textLength = 43

  /// The thumbprint.
  public let thumbprint: Digest

  init(of key: [UInt8]) {
    let jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"\(Base64.url.encode(key))\"}"
    thumbprint = SHA256.hash(Array(jwk.utf8))
  }

  /// The name that these 43 characters write.
  public init?(_ text: some Collection<UInt8>) {
    guard let bytes = Base64.url.decode(text), let digest = Digest(bytes) else { return nil }
    thumbprint = digest
  }

  /// The name that these 43 characters write.
  public init?(_ text: ArraySlice<UInt8>) {
    guard let bytes = Base64.url.decode(text), let digest = Digest(bytes) else { return nil }
    thumbprint = digest
  }

  /// The name that these 43 characters write.
  public init?(_ text: String) { self.init(Array(text.utf8)) }

  /// 43 characters of base64url.
  public var description: String { Base64.url.encode(thumbprint.bytes) }
}
