import Cryptography
import Encoding

/// The public key of a note's signer with its name (C2SP signed-note, tlog-cosignature): `name+hex(keyID)+base64(type ‖ key)`.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
  /// What a key signs.
  public enum Kind: UInt8, Sendable {
    /// The text of a note: how other logs sign their checkpoints.
    case note = 0x01
    /// A checkpoint and a time: `cosignature/v1`, as validators and witnesses sign.
    case cosignature = 0x04
  }

  /// Bytes of a key's identifier in a note.
  static let idLength = 4

  /// Who it is.
  public let name: String
  /// What it signs.
  public let kind: Kind
  /// The key.
  public let key: PublicKey

  /// The key `key` of `name`.
  public init(name: String, kind: Kind = .cosignature, key: PublicKey) throws(LogError) {
    guard Self.isName(name) else {
      throw LogError(.note, "\(quoted(name)) is not a signer's name: no spaces, no plus, not empty")
    }
    (self.name, self.kind, self.key) = (name, kind, key)
  }

  /// Reads the text form.
  public init(_ text: String) throws(LogError) {
    guard let key = try Self.read(text).key else {
      throw LogError(.note, "\(quoted(text)) is a verifier key of a type that this program does not verify")
    }
    self = key
  }

  /// Reads the text form: the bytes of the public key, and the key where its type is one of ``Kind``.
  static func read(_ text: String) throws(LogError) -> (key: VerifierKey?, material: [UInt8]) {
    let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard parts.count == 3, isName(parts[0]), Hex.decode(parts[1])?.count == idLength,
      let blob = Base64.standard.decode(parts[2]), let type = blob.first, blob.count > 1
    else { throw LogError(.note, "\(quoted(text)) is not a verifier key") }
    let material = Array(blob.dropFirst())
    guard let kind = Kind(rawValue: type) else { return (nil, material) }
    guard let point = try? PublicKey(material) else {
      throw LogError(.note, "the verifier key of \(parts[0]) is not a sound Ed25519 key")
    }
    let key = try VerifierKey(name: String(parts[0]), kind: kind, key: point)
    guard parts[1].isSame(as: Hex.encode(key.id)) else {
      throw LogError(.note, "the verifier key of \(key.name) has another identifier than it says")
    }
    return (key, material)
  }

  /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ type ‖ key)`.
  public var id: [UInt8] {
    Array(SHA256.hash(Array(name.utf8) + [0x0A, kind.rawValue] + key.bytes).bytes.prefix(Self.idLength))
  }

  /// The text form.
  public var description: String {
    "\(name)+\(Hex.encode(id))+\(Base64.standard.encode([kind.rawValue] + key.bytes))"
  }

  /// Whether `text` may name a key: not empty, no spaces, no plus.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }
}
