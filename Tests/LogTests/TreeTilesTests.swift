import Cryptography
import Testing

@testable import Log

@Suite("Tiles of a tree")
struct TreeTilesTests {
  @Test func `hold every level of a tree that grows past a tile of tiles`() {
    let size = 65_536 + 700
    var (tiles, full, leaves) = (TreeTiles(), [[Int]: [Digest]](), [Digest]())
    for index in 0..<size {
      let leaf = SHA256.hash([UInt8(index >> 16), UInt8(index >> 8 & 0xFF), UInt8(index & 0xFF)])
      leaves.append(leaf)
      tiles.append(leaf) { tile in
        #expect(full[[tile.level, tile.index]] == nil)
        full[[tile.level, tile.index]] = tile.hashes
      }
    }
    #expect(tiles.size == size)
    #expect(full.count == size / 256 + 1)
    for index in 0..<(size / 256) { #expect(full[[0, index]] == Array(leaves[(index * 256)..<(index * 256 + 256)])) }
    let level1 = (0..<(size / 256)).map { TileReader.root(full[[0, $0]]![...]) }
    #expect(full[[1, 0]] == Array(level1[..<256]))
    #expect(tiles.partial(level: 0) == Array(leaves[(size / 256 * 256)...]))
    #expect(tiles.partial(level: 1) == Array(level1[256...]))
    #expect(tiles.partial(level: 2) == [TileReader.root(level1[..<256])])
    #expect(tiles.partial(level: 3) == [])
  }

  @Test func `give the root of the definition and go on after being read back`() {
    let tree = NaiveTree(count: 1100)
    var (tiles, full) = (TreeTiles(), [[Int]: [Digest]]())
    for size in 0...1100 {
      if size % 13 == 0 || (size % 256 < 3) || size % 256 > 253 {
        #expect(tiles.root == tree.root(0..<size), "size \(size)")
        let copy = TreeTiles(size: size) { level, index, width in
          Array((full[[level, index]] ?? tiles.partial(level: level)).prefix(width))
        }
        #expect(copy.root == tiles.root, "size \(size)")
        for level in 0..<3 { #expect(copy.partial(level: level) == tiles.partial(level: level), "size \(size)") }
        var (one, other) = (copy, tiles)
        one.append(MerkleHash.leaf([1])) { _ in }
        other.append(MerkleHash.leaf([1])) { _ in }
        #expect(one.root == other.root, "size \(size)")
      }
      if size < 1100 { tiles.append(tree.leaves[size]) { full[[$0.level, $0.index]] = $0.hashes } }
    }
  }

  @Test func `give the roots of subtrees that proofs are made of`() {
    let tree = NaiveTree(count: 700)
    func tile(_ level: Int, _ index: Int, _ width: Int) -> [Digest] {
      (0..<width).map { tree.subtree(8 * level, index * 256 + $0) }
    }
    for level in 0..<10 {
      for index in 0..<(700 >> level) {
        let root = TileReader.subtree(level: level, index: index, tile: tile)
        if root != tree.subtree(level, index) { Issue.record("subtree \(index) of height \(level)") }
      }
    }
  }
}
