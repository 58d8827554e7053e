import Cryptography
import Encoding
import Kernel
import Log

/// The canonical state of a community at the end of a block, part by part.
///
/// Parts, in this order: `keys`, `governance`, `registry`, `platform`, then the modules by number; a part in which nothing has happened yet
/// is left out, so that a log from before there was such a module keeps its digests. The digest is SHA-256 over one line
/// `<part> <SHA-256 of the part's JSON in hexadecimal>` for each, so that two states that differ name the part that does.
public struct StateSnapshot: Sendable {
  /// One part of the state.
  public struct Part: Sendable, Equatable {
    /// `keys`, `governance`, `registry`, `platform`, `M1` … `M9`.
    public let name: String
    /// Its canonical JSON.
    public let bytes: [UInt8]
  }

  /// All parts.
  public let parts: [Part]
  /// The digest that block lines carry.
  public let digest: Digest

  /// The names of all parts that a state may have, in their order.
  public static var partNames: [String] { ["keys", "governance"] + Community.parts.map(\.id.rawValue) }

  /// The state of `community`.
  public init(_ community: Community) {
    let states = Community.parts.compactMap { part in
      part.state(of: community).map { Part(name: part.id.rawValue, bytes: $0) }
    }
    let governance = community.governance.state(in: community.genesis).map { Part(name: "governance", bytes: $0) }
    parts =
      [Part(name: "keys", bytes: JSONWriter.bytes { community.keys.write(to: &$0) })]
      + (governance.map { [$0] } ?? []) + states
    let lines = parts.map { "\($0.name) \(SHA256.hash($0.bytes).hex)\n" }
    digest = SHA256.hash(Array(lines.joined().utf8))
  }

  /// All parts as one JSON object.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { object in
        for part in parts { object.field(part.name) { $0.raw(part.bytes) } }
      }
    }
  }
}

extension Community {
  /// Reads back the state that ``StateSnapshot/bytes`` are, in the log of `genesis`.
  ///
  /// The caller compares the digest of the result with the one that the log carries.
  public init(snapshot bytes: [UInt8], genesis: Genesis) throws(JSONError) {
    var fields = try JSONDocument(bytes).root.fields()
    self.init(
      genesis,
      try Governance(fields.optional("governance"), keys: fields.value("keys"), genesis: genesis))
    for part in Self.parts {
      guard let state = fields.optional(named: part.id.rawValue) else { continue }
      do throws(JSONError) {
        try part.read(state, into: &self)
      } catch {
        throw JSONError(error.kind, "in \"\(part.id.rawValue)\": \(error.sentence)")
      }
    }
    try fields.finish()
  }
}
