import CSodium
import Encoding

/// A secret key encrypted under a passphrase: what stands in a key file.
///
/// JSON: `{"twinergy-key":1,"public":x,"argon2id":{"operations","memory","salt"},"nonce","box"}`. The passphrase becomes a
/// key by Argon2id (RFC 9106), and the seed is encrypted by XSalsa20-Poly1305 (NaCl secretbox).
public struct SealedKey: Sendable {
  /// Bytes of salt.
  public static let saltLength = Int(crypto_pwhash_SALTBYTES)
  /// Bytes of nonce.
  public static let nonceLength = Int(crypto_secretbox_NONCEBYTES)
  /// The shortest passphrase in bytes.
  public static let minimumPassphrase = 12

  /// Argon2id's cost.
  public struct Cost: Sendable, Equatable {
    /// Passes over the memory.
    public let operations: Int
    /// Bytes of memory, whole KiB.
    public let memory: Int

    /// libsodium's "moderate": three passes over 256 MiB.
    public static let moderate = Cost(operations: 3, memory: 268_435_456)
    /// libsodium's "interactive": two passes over 64 MiB, for passphrases that a machine made.
    public static let interactive = Cost(operations: 2, memory: 67_108_864)

    /// Argon2 counts memory in KiB; a file says so many bytes that no two texts mean the same.
    static let memoryUnit = 1024
    static let acceptedOperations = 1...16
    static let acceptedMemory = 8_388_608...1_073_741_824
  }

  /// The public half, readable without the passphrase.
  public let publicKey: PublicKey
  private let cost: Cost
  private let salt: [UInt8]
  private let nonce: [UInt8]
  private let box: [UInt8]

  /// Seals `key` under `passphrase` with fresh random `salt` and `nonce`.
  public init(_ key: SecretKey, passphrase: [UInt8], salt: [UInt8], nonce: [UInt8], cost: Cost) throws(CryptoError) {
    precondition(salt.count == Self.saltLength && nonce.count == Self.nonceLength, "salt or nonce has another length")
    let seed = key.seed
    var box = [UInt8](repeating: 0, count: seed.count + Int(crypto_secretbox_MACBYTES))
    crypto_secretbox_easy(&box, seed, UInt64(seed.count), nonce, try Self.derive(passphrase, salt, cost))
    (publicKey, self.cost, self.salt, self.nonce, self.box) = (key.publicKey, cost, salt, nonce, box)
  }

  /// Reads a key file.
  public init(_ bytes: [UInt8]) throws(CryptoError) {
    func parse() throws(JSONError) -> (String, Cost, String, String, String) {
      var fields = try JSONDocument(bytes).root.fields()
      guard try fields.integer("twinergy-key") == 1 else { throw JSONError(.value, "the key file's version is not 1") }
      let x = try fields.string("public")
      var argon = try fields.value("argon2id").fields()
      let cost = Cost(operations: try argon.integer("operations"), memory: try argon.integer("memory"))
      let salt = try argon.string("salt")
      try argon.finish()
      let parts = (x, cost, salt, try fields.string("nonce"), try fields.string("box"))
      try fields.finish()
      return parts
    }
    let (x, cost, salt, nonce, box): (String, Cost, String, String, String)
    do {
      (x, cost, salt, nonce, box) = try parse()
    } catch {
      throw CryptoError.secretKey(error.sentence)
    }
    guard Cost.acceptedOperations.contains(cost.operations), Cost.acceptedMemory.contains(cost.memory),
      cost.memory.isMultiple(of: Cost.memoryUnit),
      let saltBytes = Base64.standard.decode(salt), saltBytes.count == Self.saltLength,
      let nonceBytes = Base64.standard.decode(nonce), nonceBytes.count == Self.nonceLength,
      let boxBytes = Base64.standard.decode(box),
      boxBytes.count == SecretKey.seedLength + Int(crypto_secretbox_MACBYTES)
    else { throw CryptoError.secretKey("the key file's parameters are out of range") }
    publicKey = try PublicKey(base64url: x)
    (self.cost, self.salt, self.nonce, self.box) = (cost, saltBytes, nonceBytes, boxBytes)
  }

  /// The secret key, if `passphrase` is the right one.
  public func open(passphrase: [UInt8]) throws(CryptoError) -> SecretKey {
    var seed = [UInt8](repeating: 0, count: SecretKey.seedLength)
    defer { sodium_memzero(&seed, seed.count) }
    let key = try Self.derive(passphrase, salt, cost)
    guard crypto_secretbox_open_easy(&seed, box, UInt64(box.count), nonce, key) == 0 else {
      throw CryptoError.secretKey("the passphrase does not open the key file, or the file is damaged")
    }
    let secret = try SecretKey(seed: seed)
    guard secret.publicKey == publicKey else {
      throw CryptoError.secretKey("the key file's public key is not that of its secret key")
    }
    return secret
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { key in
        key.field("twinergy-key", 1)
        key.field("public", publicKey.base64url)
        key.field("argon2id") { argon in
          argon.object { fields in
            fields.field("operations", cost.operations)
            fields.field("memory", cost.memory)
            fields.field("salt", Base64.standard.encode(salt))
          }
        }
        key.field("nonce", Base64.standard.encode(nonce))
        key.field("box", Base64.standard.encode(box))
      }
    }
  }

  private static func derive(_ passphrase: [UInt8], _ salt: [UInt8], _ cost: Cost) throws(CryptoError) -> [UInt8] {
    Sodium.start()
    guard passphrase.count >= minimumPassphrase else {
      throw CryptoError.secretKey("a passphrase has at least \(minimumPassphrase) bytes")
    }
    var key = [UInt8](repeating: 0, count: Int(crypto_secretbox_KEYBYTES))
    let status = passphrase.withUnsafeBytes { bytes in
      crypto_pwhash(
        &key, UInt64(key.count), bytes.baseAddress!.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), salt,
        UInt64(cost.operations), cost.memory, crypto_pwhash_ALG_ARGON2ID13)
    }
    guard status == 0 else { throw CryptoError.secretKey("Argon2id found no \(cost.memory) bytes of memory") }
    return key
  }
}
