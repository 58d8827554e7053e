import Cryptography
import Encoding

/// The public key of a cosigner with its name (C2SP signed-note, tlog-cosignature): `name+hex(keyID)+base64(type ‖ key)`.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
  /// Bytes of a key's identifier in a note.
  static let idLength = 4
  /// The type of an Ed25519 key for cosignatures.
  static let cosignatureType: UInt8 = 0x04

  /// Who it is.
  public let name: String
  /// The key.
  public let key: PublicKey

  /// The cosigning key `key` of `name`.
  public init(name: String, key: PublicKey) throws(LogError) {
    guard Self.isName(name) else {
      throw LogError(.note, "\"\(name.prefix(80))\" is not a cosigner's name: no spaces, no plus, not empty")
    }
    (self.name, self.key) = (name, key)
  }

  /// Reads the text form.
  public init(_ text: String) throws(LogError) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let blob = Base64.standard.decode(parts[2]), blob.first == Self.cosignatureType else {
      throw LogError(.note, "\"\(text.prefix(120))\" is not the verifier key of a cosigner")
    }
    guard let key = try? PublicKey(Array(blob.dropFirst())) else {
      throw LogError(.note, "the verifier key of \(parts[0]) is not a sound Ed25519 key")
    }
    try self.init(name: String(parts[0]), key: key)
    guard Hex.encode(id) == parts[1] else {
      throw LogError(.note, "the verifier key of \(name) has another identifier than it says")
    }
  }

  /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key)`.
  public var id: [UInt8] {
    Array(SHA256.hash(Array(name.utf8) + [0x0A, Self.cosignatureType] + key.bytes).bytes.prefix(Self.idLength))
  }

  /// The text form.
  public var description: String {
    "\(name)+\(Hex.encode(id))+\(Base64.standard.encode([Self.cosignatureType] + key.bytes))"
  }

  /// Whether `text` may name a key: not empty, no spaces, no plus.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }
}
