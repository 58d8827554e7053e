import Cryptography
import Encoding

/// A proof that one tree extends another (RFC 9162 §2.1.4), as text beside the two checkpoints:
/// `twinergy/consistency-proof@v1`, `old <size>`, `new <size>`, then a hash a line.
public struct ConsistencyProof: Sendable, Equatable {
  private static let header = "twinergy/consistency-proof@v1"

  /// The size of the older tree.
  public let old: Int
  /// The size of the newer tree.
  public let new: Int
  /// The hashes that both roots follow from.
  public let hashes: [Digest]

  /// A proof of these parts.
  public init(old: Int, new: Int, hashes: [Digest]) {
    (self.old, self.new, self.hashes) = (old, new, hashes)
  }

  /// Reads a proof.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= SignedNote.maximumLength, let text = String(validating: bytes, as: UTF8.self),
      var lines = text[...].endedLines, lines.popFirst()?.isSame(as: Self.header) == true
    else {
      throw LogError(.proofMalformed, "the proof does not begin with \(Self.header), or does not end its last line")
    }
    guard let old = lines.popFirst()?.after("old ").flatMap({ Int(canonical: $0) }),
      let new = lines.popFirst()?.after("new ").flatMap({ Int(canonical: $0) })
    else { throw LogError(.proofMalformed, "the proof has no lines with the sizes of the old and the new tree") }
    guard let hashes = [Digest](lines: lines) else {
      throw LogError(.proofMalformed, "the proof has a line that is no hash, or more hashes than a tree is high")
    }
    self.init(old: old, new: new, hashes: hashes)
  }

  /// The text form.
  public var bytes: [UInt8] { Array("\(Self.header)\nold \(old)\nnew \(new)\n\(hashes.lines)".utf8) }

  /// Refuses the proof unless it shows the tree of `new` to extend that of `old`, and `policy` accepts both.
  public func verify(from old: CosignedCheckpoint, to new: CosignedCheckpoint, under policy: TrustPolicy)
    throws(LogError)
  {
    try policy.require(old)
    try policy.require(new)
    let (before, after) = (old.checkpoint, new.checkpoint)
    try after.require(before.origin)
    guard before.size == self.old, after.size == self.new else {
      throw LogError(
        .proof,
        "the proof is of trees of \(self.old) and \(self.new) leaves, the checkpoints of \(before.size) and \(after.size)"
      )
    }
    guard
      MerkleProof.isConsistent(
        old: before.size, oldRoot: before.root, size: after.size, root: after.root, proof: hashes)
    else {
      throw LogError(.proof, "the tree of \(after.size) leaves is not shown to extend that of \(before.size)")
    }
  }
}
