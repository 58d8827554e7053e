import Cryptography

/// Proofs about Merkle trees: made from the roots of complete subtrees, checked with nothing but the two tree roots.
///
/// Source: RFC 9162 §2.1.3 (inclusion) and §2.1.4 (consistency).
public enum MerkleProof {
  /// Gives the root of the complete subtree `index` of height `level`, over leaves `index·2^level` and following.
  public typealias Subtree<Failure: Error> = (_ level: Int, _ index: Int) throws(Failure) -> Digest

  /// The path from leaf `index` to the root of the tree of `size` leaves.
  ///
  /// - Precondition: `0 <= index < size`.
  public static func inclusion<Failure: Error>(
    of index: Int, size: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> [Digest] {
    precondition((0..<size).contains(index), "leaf \(index) is not in a tree of \(size)")
    return try path(index, 0, size, subtree)
  }

  /// The hashes that show the tree of `size` leaves to extend that of `old` leaves.
  ///
  /// - Precondition: `0 <= old <= size`.
  public static func consistency<Failure: Error>(
    from old: Int, to size: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> [Digest] {
    precondition((0...size).contains(old), "a tree of \(size) never had \(old) leaves")
    return old == 0 || old == size ? [] : try subproof(old, 0, size, known: true, subtree)
  }

  /// The root that `leaf` at `index` and `path` lead to in a tree of `size` leaves; nil where the path has another length.
  public static func root(leaf: Digest, index: Int, size: Int, path: [Digest]) -> Digest? {
    guard 0 <= index, index < size else { return nil }
    var (node, last, hash) = (index, size - 1, leaf)
    for sibling in path {
      guard last > 0 else { return nil }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 ? hash : nil
  }

  /// Whether `proof` shows that the tree of `size` leaves and root `root` extends that of `old` leaves and root `oldRoot`.
  public static func isConsistent(old: Int, oldRoot: Digest, size: Int, root: Digest, proof: [Digest]) -> Bool {
    guard 0 <= old, old <= size else { return false }
    if old == 0 { return proof.isEmpty && oldRoot == MerkleHash.empty }
    if old == size { return proof.isEmpty && oldRoot == root }
    let hashes = old.nonzeroBitCount == 1 ? [oldRoot] + proof : proof
    guard let first = hashes.first else { return false }
    let shift = (old - 1).trailingOneBitCount
    var (node, last) = ((old - 1) >> shift, (size - 1) >> shift)
    var (oldHash, hash) = (first, first)
    for sibling in hashes.dropFirst() {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        oldHash = MerkleHash.node(sibling, oldHash)
        hash = MerkleHash.node(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == oldRoot && hash == root
  }

  /// The root of leaves `start ..< start + count`, where `start` is a multiple of the split of `count`.
  public static func root<Failure: Error>(
    start: Int = 0, count: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> Digest {
    if count == 0 { return MerkleHash.empty }
    if count.nonzeroBitCount == 1 {
      let level = count.trailingZeroBitCount
      return try subtree(level, start >> level)
    }
    let left = split(count)
    let right = try root(start: start + left, count: count - left, subtree: subtree)
    return MerkleHash.node(try root(start: start, count: left, subtree: subtree), right)
  }

  /// The largest power of two below `count`.
  private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }

  private static func path<Failure: Error>(
    _ index: Int, _ start: Int, _ count: Int, _ subtree: Subtree<Failure>
  ) throws(Failure) -> [Digest] {
    guard count > 1 else { return [] }
    let left = split(count)
    if index - start < left {
      return try path(index, start, left, subtree)
        + [try root(start: start + left, count: count - left, subtree: subtree)]
    }
    return try path(index, start + left, count - left, subtree) + [
      try root(start: start, count: left, subtree: subtree)
    ]
  }

  /// RFC 9162's SUBPROOF: `known` says whether the verifier can compute the subtree's root itself.
  private static func subproof<Failure: Error>(
    _ old: Int, _ start: Int, _ count: Int, known: Bool, _ subtree: Subtree<Failure>
  ) throws(Failure) -> [Digest] {
    if old == count { return known ? [] : [try root(start: start, count: count, subtree: subtree)] }
    let left = split(count)
    if old <= left {
      return try subproof(old, start, left, known: known, subtree)
        + [try root(start: start + left, count: count - left, subtree: subtree)]
    }
    return try subproof(old - left, start + left, count - left, known: false, subtree)
      + [try root(start: start, count: left, subtree: subtree)]
  }
}
