import Cryptography
import Encoding

extension JSONFields {
  /// The digest called `name`, 64 lower-case hexadecimal digits.
  public mutating func digest(_ name: StaticString) throws(JSONError) -> Digest {
    let text = try string(name)
    guard let digest = Digest(hex: text) else {
      throw JSONError(.value, "in \"\(name)\": \"\(text.prefix(80))\" is not 64 lower-case hexadecimal digits")
    }
    return digest
  }

  /// The public key called `name`, as the `x` of its JWK.
  public mutating func publicKey(_ name: StaticString) throws(JSONError) -> PublicKey {
    try read(name) { (value) throws(JSONError) in try value.publicKey() }
  }
}

extension JSONValue {
  /// A public key, as the `x` of its JWK.
  func publicKey() throws(JSONError) -> PublicKey {
    let text = try string()
    do {
      return try PublicKey(base64url: text)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }
}

extension JSONWriter {
  /// Writes a digest member as hexadecimal.
  public mutating func field(_ name: String, _ value: Digest) { field(name, value.hex) }

  /// Writes a public key member as the `x` of its JWK.
  public mutating func field(_ name: String, _ value: PublicKey) { field(name, value.base64url) }
}
