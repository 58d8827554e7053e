import CCrypto

/// SHA-256 (FIPS 180-4) by libcrypto, which uses the processor's SHA instructions where it has them.
///
/// The state is a plain value on the stack. A context of libcrypto's EVP interface costs more to make than a leaf to hash,
/// and contexts kept for reuse make threads wait for each other.
public enum SHA256 {
  /// The digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    digest { state in bytes.withUnsafeBytes { update(&state, $0) } }
  }

  /// The digest of `prefix` followed by `bytes`.
  public static func hash(prefix: UInt8, _ bytes: UnsafeRawBufferPointer) -> Digest {
    digest { state in
      withUnsafeBytes(of: prefix) { update(&state, $0) }
      update(&state, bytes)
    }
  }

  /// The digest of `prefix` followed by two digests.
  public static func hash(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
    digest { state in
      withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest.length, alignment: 8) { buffer in
        buffer[0] = prefix
        left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0) }
        right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33...]).copyMemory(from: $0) }
        update(&state, UnsafeRawBufferPointer(buffer))
      }
    }
  }

  private static func digest(_ fill: (inout SHA256_CTX) -> Void) -> Digest {
    var state = SHA256_CTX()
    precondition(SHA256_Init(&state) == 1, "libcrypto has no SHA-256")
    fill(&state)
    return Digest { buffer in
      let bytes = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
      precondition(SHA256_Final(bytes, &state) == 1, "libcrypto could not finish a hash")
    }
  }

  private static func update(_ state: inout SHA256_CTX, _ bytes: UnsafeRawBufferPointer) {
    precondition(SHA256_Update(&state, bytes.baseAddress, bytes.count) == 1, "libcrypto could not hash")
  }
}
