import Cryptography
import Encoding

/// A proof that an entry stands in a log, to be checked offline (C2SP tlog-proof): what an author keeps as receipt.
public struct LogProof: Sendable, Equatable {
  private static let header = "c2sp.org/tlog-proof@v1"

  /// The entry's index.
  public let index: Int
  /// The siblings from the leaf to the root.
  public let path: [Digest]
  /// The tree that the entry stands in.
  public let checkpoint: CosignedCheckpoint

  /// A proof of these parts.
  public init(index: Int, path: [Digest], checkpoint: CosignedCheckpoint) {
    (self.index, self.path, self.checkpoint) = (index, path, checkpoint)
  }

  /// Reads a proof.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard let text = String(validating: bytes, as: UTF8.self), let gap = text.firstRange(of: "\n\n") else {
      throw LogError(.proofMalformed, "the proof has no empty line before its checkpoint")
    }
    var lines = text[..<gap.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.header[...] else {
      throw LogError(.proofMalformed, "the proof does not begin with \(Self.header)")
    }
    if lines.first?.hasPrefix("extra ") == true { lines.removeFirst() }
    guard let line = lines.popFirst(), line.hasPrefix("index "), let index = Int(line.dropFirst(6)), index >= 0,
      "index \(index)" == line
    else { throw LogError(.proofMalformed, "the proof has no line with the entry's index") }
    var path: [Digest] = []
    for line in lines {
      guard let digest = Base64.standard.decode(line).flatMap({ Digest($0) }), path.count < 63 else {
        throw LogError(.proofMalformed, "\"\(line.prefix(80))\" is not a hash of the proof")
      }
      path.append(digest)
    }
    self.init(index: index, path: path, checkpoint: try CosignedCheckpoint(Array(text[gap.upperBound...].utf8)))
  }

  /// The text form.
  public var bytes: [UInt8] {
    let hashes = path.map { $0.base64 + "\n" }.joined()
    return Array("\(Self.header)\nindex \(index)\n\(hashes)\n".utf8) + checkpoint.bytes
  }

  /// Refuses the proof unless `entry` stands at ``index`` in the checkpoint's tree, cosigned by a quorum of `validators`.
  public func verify(_ entry: [UInt8], origin: String, validators: ValidatorSet) throws(LogError) {
    let tree = checkpoint.checkpoint
    guard tree.origin == origin else {
      throw LogError(.wrongChain, "the checkpoint is of \(tree.origin), not of \(origin)")
    }
    try validators.requireQuorum(on: checkpoint)
    let root = MerkleProof.root(leaf: MerkleHash.leaf(entry), index: index, size: tree.size, path: path)
    guard root == tree.root else {
      throw LogError(.proof, "the path from entry \(index) does not lead to the checkpoint's root")
    }
  }
}
