import Cryptography

/// The two hashes of a Merkle tree (RFC 6962 §2.1, RFC 9162 §2.1.1): a leaf can never pass for a node.
public enum MerkleHash {
  /// The root of the tree without leaves, SHA-256 of nothing.
  public static let empty = SHA256.hash([])

  /// `SHA-256(0x00 ‖ entry)`.
  public static func leaf(_ entry: [UInt8]) -> Digest {
    entry.withUnsafeBytes { SHA256.hash(prefix: 0x00, $0) }
  }

  /// `SHA-256(0x01 ‖ left ‖ right)`.
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    SHA256.hash(prefix: 0x01, left, right)
  }
}
