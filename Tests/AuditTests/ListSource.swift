import Cryptography
import Log
import Storage
import Village

/// A log as a list of leaves, cosigned as it stands: whatever was done to the leaves, the tree is theirs.
struct ListSource: LogSource {
  var leaves: [[UInt8]]
  var document: [UInt8]
  var note: [UInt8]?
  /// What is found in a tile instead of what should be there.
  var wrongTiles: [String: [Digest]] = [:]
  var files: [String] = []

  /// The log of `leaves`, cosigned with the key `signer` under the name `name`.
  init(
    _ leaves: [[UInt8]], origin: String = Village.origin, signer: String = "cosigner", name: String = "village"
  ) throws {
    self.leaves = leaves
    document = leaves[0]
    var tiles = TreeTiles()
    for leaf in leaves { tiles.append(MerkleHash.leaf(leaf)) { _ in } }
    note = try Self.cosign(Checkpoint(origin: origin, size: leaves.count, root: tiles.root), signer, name)
  }

  static func cosign(
    _ checkpoint: Checkpoint, _ signer: String = "cosigner", _ name: String = "village"
  ) throws -> [UInt8] {
    try CosignedCheckpoint(checkpoint, at: Village.genesis().time, by: [(name, Village.key(signer))]).bytes
  }

  func genesis() throws(StorageError) -> [UInt8] { document }

  func checkpoint() throws(StorageError) -> [UInt8]? { note }

  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] {
    guard range.upperBound <= leaves.count else { throw .damaged("there are \(leaves.count) entries") }
    return Array(leaves[range])
  }

  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    let path = TilePath(.hashes(level: level), index: index, width: width)
    if let wrong = wrongTiles[path.description] { return wrong }
    let first = index * TilePath.fullWidth
    guard level > 0 else {
      guard first + width <= leaves.count else { throw .damaged("\(path) is missing") }
      return leaves[first..<(first + width)].map(MerkleHash.leaf)
    }
    var row: [Digest] = []
    for below in first..<(first + width) {
      row.append(TileReader.root(try hashes(level: level - 1, index: below, width: TilePath.fullWidth)[...]))
    }
    return row
  }

  func strangers(size: Int) throws(StorageError) -> [String] { files }
}
