import Encoding

/// The forms in which other programs keep Ed25519 keys: PEM of PKCS#8 and SPKI (RFC 8410), and JWK (RFC 8037).
///
/// The DER of an Ed25519 key is a constant and the key, so it is compared, not parsed: each key has one text.
public enum KeyText {
  /// `SEQUENCE { INTEGER 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING (32) … } }` (RFC 8410 §7).
  private static let privatePrefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
  /// `SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING (32) … }` (RFC 8410 §4).
  private static let publicPrefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
  private static let privateLabel = "PRIVATE KEY"
  private static let publicLabel = "PUBLIC KEY"
  private static let longest = 16_384

  /// `key` as a PEM text.
  public static func pem(_ key: PublicKey) -> String { pem(publicLabel, publicPrefix + key.bytes) }

  /// The secret half as a PEM text, not encrypted.
  public static func pem(_ key: SecretKey) -> String { pem(privateLabel, privatePrefix + key.seed) }

  /// `key` as a JWK with its thumbprint as `kid`.
  public static func jwk(_ key: PublicKey) -> [UInt8] { jwk(key, seed: nil) }

  /// Both halves as a JWK, not encrypted.
  public static func jwk(_ key: SecretKey) -> [UInt8] { jwk(key.publicKey, seed: key.seed) }

  private static func jwk(_ key: PublicKey, seed: [UInt8]?) -> [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { jwk in
        jwk.field("kty", "OKP")
        jwk.field("crv", "Ed25519")
        jwk.field("x", key.base64url)
        if let seed { jwk.field("d", Base64.url.encode(seed)) }
        jwk.field("kid", key.id.description)
      }
    }
  }

  private static func pem(_ label: String, _ der: [UInt8]) -> String {
    "-----BEGIN \(label)-----\n\(Base64.standard.encode(der))\n-----END \(label)-----\n"
  }

  /// Reads a secret key, PEM or JWK.
  public static func secretKey(_ text: [UInt8]) throws(CryptoError) -> SecretKey {
    if isJSON(text) {
      let (x, d) = try readJWK(text)
      guard let d, let seed = Base64.url.decode(d) else {
        throw .secretKey("the JWK has no canonical \"d\", so it holds no secret key")
      }
      let key = try SecretKey(seed: seed)
      guard key.publicKey.base64url == x else {
        throw .secretKey("the JWK's \"x\" is not the public half of its \"d\"")
      }
      return key
    }
    guard let der = readPEM(text, privateLabel), der.starts(with: privatePrefix) else {
      throw .secretKey(
        "this is no Ed25519 key of an unencrypted \"\(privateLabel)\" PEM (RFC 8410) or a JWK (RFC 8037)")
    }
    return try SecretKey(seed: Array(der.dropFirst(privatePrefix.count)))
  }

  /// Reads a public key, PEM or JWK.
  public static func publicKey(_ text: [UInt8]) throws(CryptoError) -> PublicKey {
    if isJSON(text) { return try PublicKey(base64url: readJWK(text).x) }
    guard let der = readPEM(text, publicLabel), der.starts(with: publicPrefix) else {
      throw .publicKey("this is no Ed25519 key of a \"\(publicLabel)\" PEM (RFC 8410) or a JWK (RFC 8037)")
    }
    return try PublicKey(Array(der.dropFirst(publicPrefix.count)))
  }

  private static func isJSON(_ text: [UInt8]) -> Bool {
    text.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: "{")
  }

  /// The members `x` and `d`; a JWK may have more, such as `use`, which say nothing here.
  private static func readJWK(_ text: [UInt8]) throws(CryptoError) -> (x: String, d: String?) {
    guard text.count <= longest else { throw .secretKey("a JWK has at most \(longest) bytes") }
    do throws(JSONError) {
      var fields = try JSONDocument(text).root.fields()
      guard try fields.string("kty") == "OKP", try fields.string("crv") == "Ed25519" else {
        throw JSONError(.value, "the JWK is no Ed25519 key: \"kty\" is not OKP or \"crv\" is not Ed25519")
      }
      let x = try fields.string("x")
      return (x, try fields.readIfPresent("d") { (value) throws(JSONError) in try value.string() })
    } catch {
      throw .secretKey(error.sentence)
    }
  }

  /// The bytes between the lines of `label` (RFC 7468 §3).
  private static func readPEM(_ text: [UInt8], _ label: String) -> [UInt8]? {
    guard text.count <= longest, let text = String(validating: text, as: UTF8.self) else { return nil }
    var lines = text.split(whereSeparator: \.isNewline).map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    guard lines.count >= 3, lines.removeFirst() == "-----BEGIN \(label)-----",
      lines.removeLast() == "-----END \(label)-----"
    else { return nil }
    return Base64.standard.decode(lines.joined())
  }
}
