import CSodium
import Encoding

/// An Ed25519 secret key in memory that is locked, guarded and wiped when the last owner lets go.
public final class SecretKey: @unchecked Sendable {
  // Unchecked: the guarded memory is written once, before anybody else sees the object, and made read-only.
  /// Bytes of the seed from which a key is made.
  public static let seedLength = 32
  /// Bytes of a signature.
  public static let signatureLength = 64

  /// The public half.
  public let publicKey: PublicKey
  private let memory: UnsafeMutableRawPointer

  /// The key of a 32-byte seed (RFC 8032 §5.1.5).
  public init(seed: [UInt8]) throws(CryptoError) {
    guard seed.count == Self.seedLength else {
      throw CryptoError.secretKey("the seed of a secret key has \(Self.seedLength) bytes, not \(seed.count)")
    }
    Sodium.start()
    guard let memory = sodium_malloc(Int(crypto_sign_SECRETKEYBYTES)) else {
      throw CryptoError.secretKey("no locked memory for a secret key")
    }
    var point = [UInt8](repeating: 0, count: PublicKey.length)
    crypto_sign_seed_keypair(&point, memory.assumingMemoryBound(to: UInt8.self), seed)
    sodium_mprotect_readonly(memory)
    self.memory = memory
    publicKey = try PublicKey(point)
  }

  deinit { sodium_free(memory) }

  /// The key's name.
  public var id: KeyID { publicKey.id }

  /// The seed, for sealing it into a file.
  public var seed: [UInt8] {
    Array(UnsafeRawBufferPointer(start: memory, count: Self.seedLength))
  }

  /// The 64-byte signature over `message`, the same every time.
  public func sign(_ message: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: Self.signatureLength)
    crypto_sign_detached(
      &signature, nil, message, UInt64(message.count), memory.assumingMemoryBound(to: UInt8.self))
    return signature
  }
}

/// libsodium's own state.
enum Sodium {
  private static let started: Void = {
    precondition(sodium_init() >= 0, "libsodium could not start")
  }()

  /// Readies libsodium; all calls after the first cost nothing.
  static func start() { _ = started }
}
