import Cryptography
import Encoding

/// Two checkpoints of one log that cannot both be true, as a file that stands alone.
///
/// JSON: `{"twinergy-fork":1,"small","large","prefix"?,"consistency"?}`: two notes, of which `small` has no more leaves than
/// `large`. Where it has fewer, `prefix` is the root that the tree of `large` has over as many leaves, and `consistency` the
/// hashes that show this (RFC 9162 §2.1.4). Whoever signed both has lied in one of them.
public struct ForkProof: Sendable, Equatable {
  /// The checkpoint of the smaller tree, or of one of two equally large ones.
  public let small: CosignedCheckpoint
  /// The checkpoint of the larger tree.
  public let large: CosignedCheckpoint
  /// The root of the larger tree's first leaves, as many as the smaller one has; nil where both have the same size.
  public let prefix: Digest?
  /// The hashes that show `prefix` to belong to the larger tree.
  public let consistency: [Digest]

  /// A proof of these parts.
  public init(small: CosignedCheckpoint, large: CosignedCheckpoint, prefix: Digest? = nil, consistency: [Digest] = []) {
    (self.small, self.large, self.prefix, self.consistency) = (small, large, prefix, consistency)
  }

  /// Reads a proof.
  public init(_ bytes: [UInt8]) throws(LogError) {
    func parse() throws(JSONError) -> (String, String, Digest?, [String]) {
      var fields = try JSONDocument(bytes).root.fields()
      guard try fields.integer("twinergy-fork") == 1 else { throw JSONError(.value, "the proof has another version") }
      let notes = (try fields.string("small"), try fields.string("large"))
      guard let root = fields.optional("prefix") else {
        try fields.finish()
        return (notes.0, notes.1, nil, [])
      }
      guard let prefix = Digest(hex: try root.string()) else { throw JSONError(.value, "in \"prefix\": no digest") }
      let hashes = try fields.array("consistency") { (hash) throws(JSONError) in try hash.string() }
      try fields.finish()
      return (notes.0, notes.1, prefix, hashes)
    }
    let (small, large, prefix, hashes) = try asLog(.proofMalformed, parse)
    let consistency = hashes.compactMap { Digest(hex: $0) }
    guard consistency.count == hashes.count, consistency.count <= 64 else {
      throw LogError(.proofMalformed, "the proof has something else than hashes, or more than a tree is high")
    }
    self.init(
      small: try CosignedCheckpoint(Array(small.utf8)), large: try CosignedCheckpoint(Array(large.utf8)),
      prefix: prefix, consistency: consistency)
  }

  /// The file.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { proof in
        proof.field("twinergy-fork", 1)
        proof.field("small", small.note.description)
        proof.field("large", large.note.description)
        if let prefix {
          proof.field("prefix", prefix)
          proof.field("consistency", each: consistency) { $0.string($1.hex) }
        }
      }
    }
  }

  /// Refuses the proof unless the two trees contradict each other and `policy` accepts both checkpoints; answers who has
  /// signed both.
  public func verify(under policy: TrustPolicy) throws(LogError) -> [String] {
    let signers = try policy.require(small)
    let others = try policy.require(large)
    try requireContradiction()
    return signers.filter(others.contains)
  }

  /// Refuses the proof unless the two trees contradict each other.
  public func requireContradiction() throws(LogError) {
    let (a, b) = (small.checkpoint, large.checkpoint)
    try b.require(a.origin)
    let isProven =
      if let prefix {
        a.size < b.size && prefix != a.root
          && MerkleProof.isConsistent(
            old: a.size, oldRoot: prefix, size: b.size, root: b.root, proof: consistency)
      } else {
        a.size == b.size && a.root != b.root
      }
    guard isProven else { throw LogError(.proof, "the two checkpoints are not shown to contradict each other") }
  }
}
