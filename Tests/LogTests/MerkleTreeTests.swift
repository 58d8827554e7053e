import Cryptography
import Encoding
import Testing

@testable import Log

@Suite("A Merkle tree")
struct MerkleTreeTests {
  /// The eight leaves of Certificate Transparency's test data and the roots of their trees.
  static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ]
  static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `has the roots of Certificate Transparency's test data`() {
    var frontier = MerkleFrontier()
    #expect(frontier.root.hex == Self.roots[0])
    for (index, leaf) in Self.leaves.enumerated() {
      frontier.append(MerkleHash.leaf(Hex.decode(leaf)!))
      #expect(frontier.root.hex == Self.roots[index + 1])
    }
    #expect(frontier.size == 8)
  }

  @Test func `has the root of the definition at every size to 300`() {
    let tree = NaiveTree(count: 300)
    var frontier = MerkleFrontier()
    for size in 0...300 {
      #expect(frontier.root == tree.root(0..<size), "size \(size)")
      #expect(MerkleProof.root(count: size, subtree: tree.subtree) == tree.root(0..<size), "size \(size)")
      if size < 300 { frontier.append(tree.leaves[size]) }
    }
  }

  @Test func `tells of each complete subtree once`() {
    let tree = NaiveTree(count: 300)
    var frontier = MerkleFrontier()
    for size in 1...300 {
      var completed: [(Int, Digest)] = []
      frontier.append(tree.leaves[size - 1]) { completed.append(($0, $1)) }
      let levels = (1..<10).filter { size.isMultiple(of: 1 << $0) }
      #expect(completed.map(\.0) == levels)
      for (level, root) in completed { #expect(root == tree.subtree(level, (size >> level) - 1)) }
    }
  }

  @Test func `goes on from its subtrees`() {
    let tree = NaiveTree(count: 64)
    for size in 0..<64 {
      let subtrees = (0..<6).reversed().filter { size >> $0 & 1 == 1 }.map { tree.subtree($0, (size >> $0) - 1) }
      var frontier = MerkleFrontier(size: size, subtrees: subtrees)
      #expect(frontier.root == tree.root(0..<size))
      frontier.append(tree.leaves[size])
      #expect(frontier.root == tree.root(0..<(size + 1)))
    }
  }

  @Test func `keeps leaves and nodes apart`() {
    let (left, right) = (MerkleHash.leaf([1]), MerkleHash.leaf([2]))
    #expect(MerkleHash.leaf(left.bytes + right.bytes) != MerkleHash.node(left, right))
  }
}
