import Cryptography
import Log

/// A log to read from: a data directory, or tiles that were exported or published.
///
/// What a source gives is bytes, to be believed only as far as they verify.
public protocol LogSource: Sendable {
  /// The genesis document beside the log.
  func genesis() throws(StorageError) -> [UInt8]
  /// The newest checkpoint; nil before the first block.
  func checkpoint() throws(StorageError) -> [UInt8]?
  /// The leaves of `range`, which the tree must have.
  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]]
  /// The first `width` hashes of tile `index` of tile level `level`.
  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest]
  /// Files of the log that a tree of `size` leaves does not have; empty where the source is not made of files.
  func strangers(size: Int) throws(StorageError) -> [String]
}

extension LogSource {
  /// The proof that leaf `index` stands in the tree of the newest checkpoint.
  public func proof(of index: Int) throws(StorageError) -> LogProof {
    try proof(of: index, in: try publishedCheckpoint())
  }

  /// The proof that leaf `index` stands in the tree of `checkpoint`, which the log must have had.
  public func proof(of index: Int, in checkpoint: CosignedCheckpoint) throws(StorageError) -> LogProof {
    let size = checkpoint.checkpoint.size
    guard (0..<size).contains(index) else {
      throw .noEntry("the log has entries 0 to \(size - 1), so there is no entry \(index)")
    }
    var proofs = ProofReader(self)
    let path = try proofs.path(of: index, size: size)
    return LogProof(index: index, path: path, checkpoint: checkpoint)
  }

  /// The proof that the tree of the newest checkpoint extends that of `old` leaves.
  public func consistency(from old: Int) throws(StorageError) -> ConsistencyProof {
    let size = try publishedCheckpoint().checkpoint.size
    guard (0...size).contains(old) else { throw .noEntry("the log has \(size) entries, so it never had \(old)") }
    var proofs = ProofReader(self)
    let hashes = try proofs.consistency(from: old, to: size)
    return ConsistencyProof(old: old, new: size, hashes: hashes)
  }

  /// The newest checkpoint, read.
  public func publishedCheckpoint() throws(StorageError) -> CosignedCheckpoint {
    guard let bytes = try checkpoint() else { throw .noLog("the log has no block yet") }
    do {
      return try CosignedCheckpoint(bytes)
    } catch {
      throw .damaged("the checkpoint cannot be read: \(error)")
    }
  }
}
