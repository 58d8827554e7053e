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

  /// Reads a proof. Its extra data, which nothing authenticates, is passed over.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= SignedNote.maximumLength, let text = String(validating: bytes, as: UTF8.self) else {
      throw LogError(.proofMalformed, "the proof is not UTF-8 text of at most \(SignedNote.maximumLength) bytes")
    }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }[...]
    guard lines.popFirst()?.isSame(as: Self.header) == true else {
      throw LogError(.proofMalformed, "the proof does not begin with \(Self.header)")
    }
    if let extra = lines.first?.after("extra ") {
      guard Base64.standard.decode(extra) != nil else {
        throw LogError(.proofMalformed, "the proof's extra data is not base64")
      }
      lines.removeFirst()
    }
    guard let index = lines.popFirst()?.after("index ").flatMap({ Int(canonical: $0) }) else {
      throw LogError(.proofMalformed, "the proof has no line with the entry's index")
    }
    guard let gap = lines.firstIndex(of: "") else {
      throw LogError(.proofMalformed, "the proof has no empty line before its checkpoint")
    }
    guard let path = [Digest](lines: lines[..<gap]) else {
      throw LogError(.proofMalformed, "the proof has a line that is no hash, or more hashes than a tree is high")
    }
    let note = lines[(gap + 1)...].joined(separator: "\n")
    self.init(index: index, path: path, checkpoint: try CosignedCheckpoint(Array(note.utf8)))
  }

  /// The text form.
  public var bytes: [UInt8] {
    Array("\(Self.header)\nindex \(index)\n\(path.lines)\n".utf8) + checkpoint.bytes
  }

  /// Refuses the proof unless `entry` stands at ``index`` in the checkpoint's tree, and `policy` accepts that checkpoint.
  public func verify(_ entry: [UInt8], under policy: TrustPolicy) throws(LogError) {
    try policy.require(checkpoint)
    let tree = checkpoint.checkpoint
    let root = MerkleProof.root(leaf: MerkleHash.leaf(entry), index: index, size: tree.size, path: path)
    guard root == tree.root else {
      throw LogError(.proof, "the path from entry \(index) does not lead to the checkpoint's root")
    }
  }
}
