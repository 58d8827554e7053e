import Cryptography

/// The right edge of a growing Merkle tree: all that appending a leaf and computing the root need.
///
/// It holds the roots of the complete subtrees that the tree's size writes in binary, largest first: at most 63 digests.
public struct MerkleFrontier: Hashable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size = 0
  private var subtrees: [Digest] = []

  /// The tree without leaves.
  public init() {}

  /// The tree of `size` leaves whose complete subtrees, largest first, are `subtrees`.
  ///
  /// - Precondition: there are as many as `size` has bits set.
  public init(size: Int, subtrees: [Digest]) {
    precondition(size >= 0 && subtrees.count == size.nonzeroBitCount, "a tree of \(size) leaves has other subtrees")
    (self.size, self.subtrees) = (size, subtrees)
  }

  /// Appends a leaf by its hash, telling `completed` of each complete subtree above the leaf: its level and root.
  public mutating func append(_ leaf: Digest, completed: (Int, Digest) -> Void = { _, _ in }) {
    var hash = leaf
    for level in 0..<size.trailingOneBitCount {
      hash = MerkleHash.node(subtrees.removeLast(), hash)
      completed(level + 1, hash)
    }
    subtrees.append(hash)
    size += 1
  }

  /// The root of the tree.
  public var root: Digest {
    guard var hash = subtrees.last else { return MerkleHash.empty }
    for subtree in subtrees.dropLast().reversed() { hash = MerkleHash.node(subtree, hash) }
    return hash
  }
}

extension Int {
  /// How many of the lowest bits are set before the first that is not.
  var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
