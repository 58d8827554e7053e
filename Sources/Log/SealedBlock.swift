import Cryptography

/// All that one block adds to a log: stored at once, or not at all.
public struct SealedBlock: Sendable {
  /// An entry of the block.
  public struct SealedEntry: Sendable {
    /// Its line.
    public let line: [UInt8]
    /// Who signed it.
    public let author: KeyID
    /// The author's sequence number.
    public let sequence: Int

    /// An entry of these parts.
    public init(line: [UInt8], author: KeyID, sequence: Int) {
      (self.line, self.author, self.sequence) = (line, author, sequence)
    }
  }

  /// The state at the end of a block.
  public struct Snapshot: Sendable {
    /// The block.
    public let height: Int
    /// The digest that later block lines carry.
    public let digest: Digest
    /// The canonical state.
    public let state: [UInt8]

    /// The state after block `height`.
    public init(height: Int, digest: Digest, state: [UInt8]) {
      (self.height, self.digest, self.state) = (height, digest, state)
    }
  }

  /// The block's height.
  public let height: Int
  /// Index of the first entry; of the line if there is none.
  public let first: Int
  /// The entries.
  public let entries: [SealedEntry]
  /// The block's line.
  public let line: [UInt8]
  /// The tiles that the block completes.
  public let tiles: [TreeTiles.FullTile]
  /// The checkpoint of the tree that ends with the line.
  public var checkpoint: [UInt8]
  /// The state after the block, where a digest is due.
  public let snapshot: Snapshot?

  /// A block of these parts.
  public init(
    height: Int, first: Int, entries: [SealedEntry], line: [UInt8], tiles: [TreeTiles.FullTile], checkpoint: [UInt8],
    snapshot: Snapshot?
  ) {
    (self.height, self.first, self.entries, self.line) = (height, first, entries, line)
    (self.tiles, self.checkpoint, self.snapshot) = (tiles, checkpoint, snapshot)
  }

  /// Index of the block's line.
  public var lineIndex: Int { first + entries.count }
}
