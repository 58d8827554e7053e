import Cryptography

@testable import Log

/// The tree as RFC 9162 §2.1 defines it, by recursion over ranges of leaves.
final class NaiveTree {
  let leaves: [Digest]
  private var known: [Range<Int>: Digest] = [:]

  init(count: Int) {
    leaves = (0..<count).map { MerkleHash.leaf(Array("leaf \($0)".utf8)) }
  }

  func root(_ range: Range<Int>) -> Digest {
    if range.isEmpty { return SHA256.hash([]) }
    if range.count == 1 { return leaves[range.lowerBound] }
    if let digest = known[range] { return digest }
    let middle = Self.middle(range)
    let bytes = root(range.lowerBound..<middle).bytes + root(middle..<range.upperBound).bytes
    let digest = SHA256.hash([1] + bytes)
    known[range] = digest
    return digest
  }

  /// PATH of §2.1.3.1.
  func path(_ index: Int, _ range: Range<Int>) -> [Digest] {
    if range.count == 1 { return [] }
    let middle = Self.middle(range)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return index < middle ? path(index, left) + [root(right)] : path(index, right) + [root(left)]
  }

  /// SUBPROOF of §2.1.4.1; `old` is the end of the old tree.
  func subproof(_ old: Int, _ range: Range<Int>, complete: Bool) -> [Digest] {
    if old == range.upperBound { return complete ? [] : [root(range)] }
    let middle = Self.middle(range)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    if old <= middle { return subproof(old, left, complete: complete) + [root(right)] }
    return subproof(old, right, complete: false) + [root(left)]
  }

  /// Complete subtrees, as tiles give them.
  func subtree(_ level: Int, _ index: Int) -> Digest { root((index << level)..<((index + 1) << level)) }

  private static func middle(_ range: Range<Int>) -> Int {
    var half = 1
    while half * 2 < range.count { half *= 2 }
    return range.lowerBound + half
  }
}

extension Digest {
  /// The same but for one bit.
  var flipped: Digest {
    var bytes = bytes
    bytes[17] ^= 0x10
    return Digest(bytes)!
  }
}
