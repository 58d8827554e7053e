import CSodium
import Encoding

/// An Ed25519 public key (RFC 8032) on which all verifiers agree.
///
/// Libraries differ on small-order and non-canonical points: some verify a trivial signature under them. Such points are
/// not keys here, so no value of this type holds one.
public struct PublicKey: Hashable, Sendable {
  /// Bytes of a key.
  public static let length = 32

  /// The encoded point.
  public let bytes: [UInt8]
  /// The key's name: its JWK thumbprint.
  public let id: KeyID

  /// The key of these bytes.
  public init(_ bytes: [UInt8]) throws(CryptoError) {
    Sodium.start()
    guard bytes.count == Self.length, crypto_core_ed25519_is_valid_point(bytes) == 1 else {
      throw CryptoError.publicKey("the public key is not a canonical point of the Ed25519 group of prime order")
    }
    self.bytes = bytes
    id = KeyID(of: bytes)
  }

  /// The key whose JWK member `x` this is (RFC 8037 §2).
  public init(base64url text: String) throws(CryptoError) {
    guard let bytes = Base64.url.decode(text) else {
      throw CryptoError.publicKey("the public key is not canonical base64url")
    }
    try self.init(bytes)
  }

  /// The JWK member `x`.
  public var base64url: String { Base64.url.encode(bytes) }

  /// Whether `signature` is this key's over `message`.
  public func isValid(_ signature: ArraySlice<UInt8>, over message: ArraySlice<UInt8>) -> Bool {
    guard signature.count == SecretKey.signatureLength else { return false }
    return signature.withUnsafeBufferPointer { signature in
      message.withUnsafeBufferPointer { message in
        crypto_sign_verify_detached(signature.baseAddress!, message.baseAddress, UInt64(message.count), bytes) == 0
      }
    }
  }

  /// Whether two keys are the same point.
  public static func == (a: PublicKey, b: PublicKey) -> Bool { a.id == b.id }

  /// Feeds the key's name to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
