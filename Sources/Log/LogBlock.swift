import Cryptography

/// A block as it stands in the log: its entries and the line that closes it.
public struct LogBlock: Sendable {
  /// Index of the first entry; of the block line if there is none.
  public let first: Int
  /// The entries' lines.
  public let entries: [SignedLine]
  /// The block's line.
  public let line: SignedLine
  /// What it says.
  public let block: BlockLine

  /// The block whose entries begin at `first` and are closed by `line`, which says `block`.
  public init(first: Int, entries: [SignedLine], line: SignedLine, block: BlockLine) {
    (self.first, self.entries, self.line, self.block) = (first, entries, line, block)
  }

  /// Index of the block's line.
  public var lineIndex: Int { first + entries.count }
  /// The size of the tree that ends with the block's line.
  public var size: Int { lineIndex + 1 }
}

/// Gathers the leaves of a log, from index 1 on, into blocks.
public struct LogBlocks: Sendable {
  private var first: Int
  private var entries: [SignedLine] = []

  /// Begins with the leaf at `index`, which must follow a block's line or the genesis.
  public init(from index: Int = 1) { first = index }

  /// Takes the next leaf; answers the block that it closes, if it closes one.
  public mutating func append(_ leaf: [UInt8]) throws(LogError) -> LogBlock? {
    try append(SignedLine(leaf))
  }

  /// Takes the next leaf, taken apart; answers the block that it closes, if it closes one.
  public mutating func append(_ line: SignedLine) throws(LogError) -> LogBlock? {
    guard line.kind == .block else {
      entries.append(line)
      return nil
    }
    let block = LogBlock(first: first, entries: entries, line: line, block: try BlockLine(line))
    first = block.size
    entries = []
    return block
  }
}
