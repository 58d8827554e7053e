import Log

/// The node's word that an entry is final: it is on the disk, in a block whose checkpoint is cosigned.
public struct Receipt: Sendable {
  /// The entry's index.
  public let index: Int
  /// The checkpoint of a tree that holds it: that of its own block, or a later one for a repeated submission.
  public let checkpoint: CosignedCheckpoint
  /// Whether the entry was in the log before this submission.
  public let isRepeated: Bool
}
