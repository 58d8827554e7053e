import Cryptography
import Log
import Storage
import Testing

/// A log in memory, whose tiles are made of its leaves.
private struct Leaves: LogSource {
  let count: Int
  /// The first leaf that cannot be read.
  var damaged = Int.max

  private func leaf(_ index: Int) -> [UInt8] { Array("leaf \(index)".utf8) }

  func genesis() throws(StorageError) -> [UInt8] { leaf(0) }
  func checkpoint() throws(StorageError) -> [UInt8]? { nil }
  func strangers(size: Int) throws(StorageError) -> [String] { [] }

  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] {
    guard !range.contains(damaged), range.upperBound <= count else { throw .damaged("a leaf is missing") }
    return range.map(leaf)
  }

  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    let first = index * TilePath.fullWidth
    if level == 0 { return try leaves(first..<(first + width)).map(MerkleHash.leaf) }
    var roots: [Digest] = []
    for below in first..<(first + width) {
      roots.append(TileReader.root(try hashes(level: level - 1, index: below, width: TilePath.fullWidth)[...]))
    }
    return roots
  }
}

@Suite("A reader of proofs")
struct ProofReaderTests {
  private static let sizes = [1, 2, 3, 255, 256, 257, 511, 513, 1_000, 70_000]

  @Test(arguments: sizes) func `leads from any leaf to the root`(size: Int) throws {
    let source = Leaves(count: size)
    var tree = MerkleFrontier()
    for index in 0..<size { tree.append(MerkleHash.leaf(try source.leaves(index..<(index + 1))[0])) }
    var proofs = ProofReader(source)
    for index in Set([0, 1, size / 3, size / 2, size - 2, size - 1]) where (0..<size).contains(index) {
      let path = try proofs.path(of: index, size: size)
      let leaf = MerkleHash.leaf(Array("leaf \(index)".utf8))
      #expect(MerkleProof.root(leaf: leaf, index: index, size: size, path: path) == tree.root)
    }
  }

  @Test(arguments: sizes) func `shows that a tree extends a smaller one`(size: Int) throws {
    var proofs = ProofReader(Leaves(count: size))
    var tree = MerkleFrontier()
    var roots = [tree.root]
    for index in 0..<size {
      tree.append(MerkleHash.leaf(Array("leaf \(index)".utf8)))
      roots.append(tree.root)
    }
    for old in Set([0, 1, size / 2, size - 1, size]) where old >= 0 {
      let proof = try proofs.consistency(from: old, to: size)
      #expect(
        MerkleProof.isConsistent(old: old, oldRoot: roots[old], size: size, root: tree.root, proof: proof))
    }
  }
}

@Suite("Reading ahead")
struct ReadAheadTests {
  private static let chunk = ReadAhead<Int>.chunk

  @Test(arguments: [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk + 7]) func `gives every leaf once, in order`(
    count: Int
  ) throws {
    var ahead = ReadAhead(Leaves(count: count), 0..<count) { index, leaf in
      "\(index) \(String(decoding: leaf, as: UTF8.self))"
    }
    var seen: [String] = []
    while let (first, leaves) = try ahead.next() {
      #expect(first == seen.count)
      seen += leaves
    }
    #expect(seen == (0..<count).map { "\($0) leaf \($0)" })
  }

  @Test func `gives what stands before a damaged leaf, then its error`() throws {
    let count = 3 * Self.chunk
    var ahead = ReadAhead(Leaves(count: count, damaged: Self.chunk + 9), 0..<count) { index, _ in index }
    #expect(try ahead.next()?.leaves.count == Self.chunk)
    #expect(throws: StorageError.damaged("a leaf is missing")) { try ahead.next() }
  }
}
