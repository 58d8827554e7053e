import CCrypto
import Synchronization

/// SHA-256 (FIPS 180-4) by libcrypto's EVP interface, which uses the processor's SHA instructions where it has them.
public enum SHA256 {
  /// The digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    withContext { context in
      bytes.withUnsafeBytes { context.update($0) }
      return context.finish()
    }
  }

  /// The digest of `prefix` followed by `bytes`.
  public static func hash(prefix: UInt8, _ bytes: UnsafeRawBufferPointer) -> Digest {
    withContext { context in
      context.update(prefix)
      context.update(bytes)
      return context.finish()
    }
  }

  /// The digest of `prefix` followed by two digests.
  public static func hash(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
    withContext { context in
      withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest.length, alignment: 8) { buffer in
        buffer[0] = prefix
        left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0) }
        right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33...]).copyMemory(from: $0) }
        context.update(UnsafeRawBufferPointer(buffer))
      }
      return context.finish()
    }
  }

  /// Contexts at rest: making one costs more than hashing a leaf, so they are reused.
  private static let idle = Mutex<[SHA256Context]>([])

  private static func withContext(_ body: (SHA256Context) -> Digest) -> Digest {
    let context = idle.withLock { $0.popLast() } ?? SHA256Context()
    defer { idle.withLock { $0.append(context) } }
    return body(context)
  }
}

/// Owns one EVP digest context. It is handed from thread to thread under the pool's lock, never shared.
private final class SHA256Context: @unchecked Sendable {
  /// Fetched once: OpenSSL 3 looks an algorithm up by name each time otherwise.
  private static let algorithm = Algorithm()
  private let context: OpaquePointer

  init() {
    context = EVP_MD_CTX_new()
    start()
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { update($0) }
  }

  func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto could not hash")
  }

  /// The digest of all updates since the last one; the context is ready for the next.
  func finish() -> Digest {
    let digest = Digest { buffer in
      let bytes = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      precondition(EVP_DigestFinal_ex(context, bytes, nil) == 1, "libcrypto could not finish a hash")
    }
    start()
    return digest
  }

  private func start() {
    precondition(EVP_DigestInit_ex(context, Self.algorithm.pointer, nil) == 1, "libcrypto has no SHA-256")
  }

  /// The algorithm's description, immutable and reference-counted by libcrypto.
  private final class Algorithm: @unchecked Sendable {
    let pointer = EVP_MD_fetch(nil, "SHA256", nil)
  }
}
