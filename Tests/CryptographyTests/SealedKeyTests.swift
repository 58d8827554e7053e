import Encoding
import Testing

@testable import Cryptography

@Suite("A sealed key")
struct SealedKeyTests {
  static let passphrase = Array("correct horse battery".utf8)
  static let cost = SealedKey.Cost(operations: 1, memory: 8_388_608)

  static func seal(_ key: SecretKey) throws -> SealedKey {
    try SealedKey(
      key, passphrase: passphrase, salt: [UInt8](repeating: 3, count: SealedKey.saltLength),
      nonce: [UInt8](repeating: 4, count: SealedKey.nonceLength), cost: cost)
  }

  @Test func `opens under its passphrase`() throws {
    let key = try SecretKey(seed: [UInt8](repeating: 5, count: 32))
    let read = try SealedKey(Self.seal(key).bytes)
    #expect(read.publicKey == key.publicKey)
    let opened = try read.open(passphrase: Self.passphrase)
    #expect(opened.seed == key.seed)
    #expect(read.bytes == (try Self.seal(key).bytes))
  }

  @Test(arguments: ["correct horse batterz", "Correct horse battery", "correct horse battery ", "correct hors"])
  func `stays shut under another`(_ passphrase: String) throws {
    let sealed = try Self.seal(SecretKey(seed: [UInt8](repeating: 5, count: 32)))
    #expect(throws: CryptoError.self) { try sealed.open(passphrase: Array(passphrase.utf8)) }
  }

  @Test func `needs a passphrase of 12 bytes`() throws {
    let key = try SecretKey(seed: [UInt8](repeating: 5, count: 32))
    #expect(throws: CryptoError.self) {
      try SealedKey(
        key, passphrase: Array("11 bytes is".utf8), salt: [UInt8](repeating: 3, count: SealedKey.saltLength),
        nonce: [UInt8](repeating: 4, count: SealedKey.nonceLength), cost: Self.cost)
    }
  }

  @Test func `does not contain its seed`() throws {
    let key = try SecretKey(seed: Array(65..<97))
    let text = String(decoding: try Self.seal(key).bytes, as: UTF8.self)
    #expect(!text.contains(Base64.standard.encode(key.seed)))
    #expect(!text.contains(String(decoding: key.seed, as: UTF8.self)))
  }

  /// A flip is refused when the file is read or when it is opened; a cost that is only higher still opens nothing.
  @Test func `is refused after every flip of its lowest bit`() throws {
    let bytes = try Self.seal(SecretKey(seed: [UInt8](repeating: 5, count: 32))).bytes
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1
      #expect(throws: CryptoError.self, "byte \(index)") {
        try SealedKey(damaged).open(passphrase: Self.passphrase)
      }
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "null", "{\"twinergy-key\":2}", "{\"twinergy-key\":1,\"public\":\"\"}",
  ])
  func `is a key file`(_ text: String) {
    #expect(throws: CryptoError.self) { try SealedKey(Array(text.utf8)) }
  }

  @Test(arguments: [
    ("\"operations\":1", "\"operations\":0"), ("\"operations\":1", "\"operations\":17"),
    ("\"memory\":8388608", "\"memory\":8387584"), ("\"memory\":8388608", "\"memory\":8388609"),
    ("\"memory\":8388608", "\"memory\":1073741825"),
    ("\"nonce\"", "\"extra\":1,\"nonce\""), ("\"salt\":\"AwMD", "\"salt\":\"AwM"), ("\"box\":\"", "\"box\":\"AAAA"),
    ("\"nonce\":\"BAQE", "\"nonce\":\""),
  ])
  func `keeps within its limits`(_ old: String, _ new: String) throws {
    let bytes = try Self.seal(SecretKey(seed: [UInt8](repeating: 5, count: 32))).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(old))
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(throws: CryptoError.self) { try SealedKey(Array(changed.utf8)) }
  }

  @Test func `belongs to the public key that it names`() throws {
    let (one, other) = (
      try SecretKey(seed: [UInt8](repeating: 5, count: 32)), try SecretKey(seed: [UInt8](repeating: 6, count: 32))
    )
    let text = String(decoding: try Self.seal(one).bytes, as: UTF8.self)
    let swapped = text.replacing(one.publicKey.base64url, with: other.publicKey.base64url)
    let sealed = try SealedKey(Array(swapped.utf8))
    #expect(throws: CryptoError.self) { try sealed.open(passphrase: Self.passphrase) }
  }
}
