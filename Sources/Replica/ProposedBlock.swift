import Cryptography
import Log

/// A block on its way: the line that closes it and its entries.
public struct ProposedBlock: Sendable {
  /// The most entries of a block that several validators decide.
  public static let maximumEntries = 4096
  /// The most bytes of its lines together: a packet must fit into one NATS message of a megabyte.
  public static let maximumLength = 524_288

  /// The block's line.
  public let line: SignedLine
  /// The entries' lines.
  public let entries: [SignedLine]

  /// A block of these lines.
  public init(line: SignedLine, entries: [SignedLine]) {
    (self.line, self.entries) = (line, entries)
  }

  /// The root of the tree that ends with the block, `tree` being the one before it.
  public func root(after tree: TreeTiles) -> Digest {
    var tree = tree
    for line in entries + [line] { tree.append(MerkleHash.leaf(line.bytes)) { _ in } }
    return tree.root
  }
}
