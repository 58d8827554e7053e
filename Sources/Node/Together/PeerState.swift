import Community
import Cryptography
import Encoding
import Log
import Replica
import Storage

/// The digests of the parts of a state after a block, as one validator tells the others (`/api/state`): where two do not
/// agree, they name the module that differs.
public struct StateDigests: Sendable, Equatable {
  private static let largest = 65_536

  /// One part of the state.
  public struct Part: Sendable, Equatable {
    /// `keys`, `registry`, `platform`, `M1` … `M9`.
    public let name: String
    /// SHA-256 of its canonical JSON.
    public let digest: Digest
  }

  /// The block.
  public let height: Int
  /// Its parts.
  public let parts: [Part]

  /// Those of the newest state that `store` holds; nil before the first.
  ///
  /// - Parameter height: the block, where it must be this one.
  public init?(_ store: LogStore, height: Int? = nil) throws(NodeError) {
    let snapshots = try asNode { () throws(StorageError) in try store.snapshots() }
    guard let snapshot = height == nil ? snapshots.first : snapshots.first(where: { $0.height == height }) else {
      return nil
    }
    guard let community = try? Community(snapshot: snapshot.state, genesis: try Replay.readGenesis(store)) else {
      throw .storage(.damaged("the state after block \(snapshot.height) cannot be read"))
    }
    self.height = snapshot.height
    parts = StateSnapshot(community).parts.map { Part(name: $0.name, digest: SHA256.hash($0.bytes)) }
  }

  /// Reads what ``write(to:)`` wrote.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var fields = try JSONDocument(bytes).root.fields()
    height = try fields.integer("height")
    parts = try fields.array("parts") { (value) throws(JSONError) in
      var fields = try value.fields()
      return Part(name: try fields.string("name"), digest: try fields.digest("digest"))
    }
  }

  /// Writes the members.
  public func write(to state: inout JSONWriter) {
    state.field("height", height)
    state.field("parts", each: parts) { writer, part in
      writer.object { fields in
        fields.field("name", part.name)
        fields.field("digest", part.digest)
      }
    }
  }

  /// The parts that are not as in `other`.
  func differing(from other: StateDigests) -> [String] {
    let names = StateSnapshot.partNames
    return names.filter { name in parts.first { $0.name == name } != other.parts.first { $0.name == name } }
  }

  /// What `divergence` comes to: which modules differ from those of the first of `peers` that tells, and by which entries;
  /// nil where none tells.
  static func explanation(of divergence: Divergence, _ store: LogStore, _ peers: [String]) -> String? {
    guard let height = divergence.height, let leaves = divergence.leaves, !leaves.isEmpty,
      let mine = try? StateDigests(store, height: height)
    else { return nil }
    let range = "from the entries \(leaves.lowerBound) to \(leaves.upperBound - 1) on"
    for peer in peers {
      guard let bytes = try? WebLog.document("\(peer)/api/state/\(height)", limit: largest),
        let theirs = try? StateDigests(bytes), theirs.height == height
      else { continue }
      let differing = mine.differing(from: theirs)
      if !differing.isEmpty { return "\(differing.joined(separator: ", ")) differs from that of \(peer), \(range)" }
    }
    return "the state differs \(range); no other validator tells in which module"
  }
}
