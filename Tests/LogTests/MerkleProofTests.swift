import Chance
import Cryptography
import Testing

@testable import Log

@Suite("A Merkle proof")
struct MerkleProofTests {
  @Test func `leads every leaf to the root at every size to 300`() {
    let tree = NaiveTree(count: 300)
    for size in 1...300 {
      let root = tree.root(0..<size)
      for index in 0..<size {
        let path = MerkleProof.inclusion(of: index, size: size, subtree: tree.subtree)
        let expected = tree.path(index, 0..<size)
        let found = MerkleProof.root(leaf: tree.leaves[index], index: index, size: size, path: path)
        if path != expected || found != root { Issue.record("leaf \(index) of \(size)") }
      }
    }
  }

  @Test func `of inclusion holds for nothing else`() {
    let tree = NaiveTree(count: 70)
    for size in 1...66 {
      let root = tree.root(0..<size)
      for index in 0..<size {
        let leaf = tree.leaves[index]
        let path = tree.path(index, 0..<size)
        func isAccepted(_ leaf: Digest, _ index: Int, _ size: Int, _ path: [Digest]) -> Bool {
          MerkleProof.root(leaf: leaf, index: index, size: size, path: path) == root
        }
        var accepted = isAccepted(leaf.flipped, index, size, path)
        for position in path.indices {
          var other = path
          other[position] = path[position].flipped
          accepted = accepted || isAccepted(leaf, index, size, other)
          other = path
          other.remove(at: position)
          accepted = accepted || isAccepted(leaf, index, size, other)
        }
        for position in 0...path.count {
          var other = path
          other.insert(tree.leaves[69], at: position)
          accepted = accepted || isAccepted(leaf, index, size, other)
        }
        for other in [-1, index - 1, index + 1, size, .max] where other != index {
          accepted = accepted || isAccepted(leaf, other, size, path)
        }
        if accepted { Issue.record("leaf \(index) of \(size)") }
      }
    }
  }

  @Test func `holds in no tree of another height`() {
    let tree = NaiveTree(count: 40)
    let path = tree.path(3, 0..<20)
    for size in [-1, 0, 1, 3, 4, 8, 16, 33, 40, 64, .max] {
      #expect(
        MerkleProof.root(leaf: tree.leaves[3], index: 3, size: size, path: path) != tree.root(0..<20), "size \(size)")
    }
  }

  @Test func `shows every size to 130 to extend every smaller one`() {
    let tree = NaiveTree(count: 130)
    for size in 0...130 {
      for old in 0...size { check(tree, old, size) }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `shows sizes to 5000 to extend smaller ones`(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let tree = NaiveTree(count: 5000)
    for _ in 0..<150 {
      let size = Int.random(in: 131...5000, using: &random)
      check(tree, Int.random(in: 1...size, using: &random), size)
    }
  }

  private func check(_ tree: NaiveTree, _ old: Int, _ size: Int) {
    let proof = MerkleProof.consistency(from: old, to: size, subtree: tree.subtree)
    let expected = old == 0 ? [] : tree.subproof(old, 0..<size, complete: true)
    let holds = MerkleProof.isConsistent(
      old: old, oldRoot: tree.root(0..<old), size: size, root: tree.root(0..<size), proof: proof)
    if proof != expected || !holds { Issue.record("from \(old) to \(size)") }
  }

  @Test func `of consistency holds for nothing else`() {
    let tree = NaiveTree(count: 70)
    for size in 1...40 {
      for old in 1...size {
        let (oldRoot, root) = (tree.root(0..<old), tree.root(0..<size))
        let proof = tree.subproof(old, 0..<size, complete: true)
        func isAccepted(_ proof: [Digest], old other: Int? = nil, size otherSize: Int? = nil) -> Bool {
          MerkleProof.isConsistent(
            old: other ?? old, oldRoot: oldRoot, size: otherSize ?? size, root: root, proof: proof)
        }
        var accepted = false
        for position in proof.indices {
          var other = proof
          other[position] = proof[position].flipped
          accepted = accepted || isAccepted(other)
          other.remove(at: position)
          accepted = accepted || isAccepted(other)
        }
        for position in 0...proof.count {
          var other = proof
          other.insert(tree.leaves[69], at: position)
          accepted = accepted || isAccepted(other)
        }
        accepted =
          accepted || isAccepted(proof, old: -1) || isAccepted(proof, old: 0) || isAccepted(proof, old: size + 1)
        for (wrongOld, wrongRoot) in [(oldRoot.flipped, root), (oldRoot, root.flipped)] {
          accepted =
            accepted
            || MerkleProof.isConsistent(old: old, oldRoot: wrongOld, size: size, root: wrongRoot, proof: proof)
        }
        if accepted { Issue.record("from \(old) to \(size)") }
      }
    }
  }

  @Test func `makes the empty tree consistent with all by no hashes`() {
    let tree = NaiveTree(count: 8)
    let root = tree.root(0..<8)
    #expect(MerkleProof.isConsistent(old: 0, oldRoot: MerkleHash.empty, size: 8, root: root, proof: []))
    #expect(!MerkleProof.isConsistent(old: 0, oldRoot: root, size: 8, root: root, proof: []))
    #expect(!MerkleProof.isConsistent(old: 0, oldRoot: MerkleHash.empty, size: 8, root: root, proof: [root]))
  }
}
