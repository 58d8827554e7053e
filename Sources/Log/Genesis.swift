import Cryptography
import Encoding
import Quantities

/// The first leaf of a log: who decides, who may speak, and the rules that all share.
///
/// JSON: `{"twinergy":1,"origin","time","validators":[{"name","vote","cosign"}],"keys":[{"x","roles","party"}],
/// "parameters":{"stateInterval"}}`; in version 2 a validator may have a `root` besides. Leaf 0 is the document's bytes as they are, and `genesis.json` beside an exported log
/// has the same bytes.
public struct Genesis: Sendable {
  /// The formats that this program writes and reads: the first, and the one in which a validator may have a root key.
  public static let versions = 1...2

  /// What all validators compute with.
  public struct Parameters: Sendable, Hashable {
    /// A state digest is due at the end of the first block that brings the log to a multiple of so many leaves.
    public let stateInterval: Int

    /// The given rules.
    public init(stateInterval: Int) throws(LogError) {
      guard (16...1_000_000).contains(stateInterval) else {
        throw LogError(.genesis, "\"stateInterval\" is \(stateInterval), not 16 to 1000000")
      }
      self.stateInterval = stateInterval
    }

    /// Reads the members.
    init(_ fields: inout JSONFields) throws(JSONError) {
      let interval = try fields.integer("stateInterval")
      do {
        try self.init(stateInterval: interval)
      } catch {
        throw JSONError(.value, error.sentence)
      }
    }

    /// Writes what ``init(_:)`` reads.
    func write(to writer: inout JSONWriter) { writer.field("stateInterval", stateInterval) }
  }

  /// The document.
  public let bytes: [UInt8]
  /// The log's name, a schema-less address such as `hagedorn.example/lem` (C2SP tlog-checkpoint).
  public let origin: String
  /// When the log begins; no block is earlier.
  public let time: Instant
  /// Who decides.
  public let validators: ValidatorSet
  /// The keys that are valid from the first entry on, the validators' voting keys among them.
  public let grants: [Grant]
  /// What all compute with.
  public let parameters: Parameters

  /// Reads a document.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= SignedLine.maximumLength else {
      throw LogError(.genesis, "the genesis has \(bytes.count) bytes, more than \(SignedLine.maximumLength)")
    }
    let content = try asLog(.genesis) { () throws(JSONError) in try Self.parse(bytes) }
    try self.init(
      bytes: bytes, origin: content.origin, time: content.time, validators: content.validators,
      grants: content.grants, parameters: content.parameters)
  }

  /// Writes the document of these parts.
  public init(
    origin: String, time: Instant, validators: ValidatorSet, grants: [Grant], parameters: Parameters
  ) throws(LogError) {
    let bytes = JSONWriter.bytes { writer in
      Self.write(
        origin: origin, time: time, validators: validators, grants: grants, parameters: parameters, to: &writer)
    }
    try self.init(
      bytes: bytes, origin: origin, time: time, validators: validators, grants: grants, parameters: parameters)
  }

  private init(
    bytes: [UInt8], origin: String, time: Instant, validators: ValidatorSet, grants: [Grant], parameters: Parameters
  ) throws(LogError) {
    guard Origin.isValid(origin) else { throw LogError(.genesis, Origin.refusal(of: origin)) }
    guard Set(grants.map(\.key.id)).count == grants.count else {
      throw LogError(.genesis, "the genesis grants one key twice")
    }
    for validator in validators.validators {
      guard grants.contains(where: { $0.key == validator.vote }) else {
        throw LogError(.genesis, "the voting key of \(validator.name) is not among the genesis' keys")
      }
      guard validator.root == nil || grants.contains(where: { $0.key == validator.root && $0.roles == [.rootRole] })
      else {
        throw LogError(.genesis, "the root key of \(validator.name) is not among the genesis' keys as one")
      }
    }
    (self.bytes, self.origin, self.time, self.validators) = (bytes, origin, time, validators)
    (self.grants, self.parameters) = (grants, parameters)
  }

  /// The hash of leaf 0.
  public var leafHash: Digest { MerkleHash.leaf(bytes) }
}

extension Genesis {
  private struct Content {
    var origin: String
    var time: Instant
    var validators: ValidatorSet
    var grants: [Grant]
    var parameters: Parameters
  }

  private static func parse(_ bytes: [UInt8]) throws(JSONError) -> Content {
    var fields = try JSONDocument(bytes).root.fields()
    let version = try fields.integer("twinergy")
    guard Self.versions.contains(version) else {
      throw JSONError(
        .value, "the genesis has version \(version); this program reads up to \(Self.versions.upperBound)")
    }
    let origin = try fields.origin("origin")
    let time = try fields.instant("time")
    let validators = try fields.read("validators") { (value) throws(JSONError) in try ValidatorSet(value) }
    guard version == (validators.hasRoots ? 2 : 1) else {
      throw JSONError(.value, "a genesis of version 2 has root keys, and one of version 1 has none")
    }
    let grants = try fields.array("keys") { (value) throws(JSONError) in
      var fields = try value.fields()
      let grant = try Grant(&fields)
      try fields.finish()
      return grant
    }
    let parameters = try fields.read("parameters") { (value) throws(JSONError) in
      var fields = try value.fields()
      let parameters = try Parameters(&fields)
      try fields.finish()
      return parameters
    }
    try fields.finish()
    return Content(origin: origin, time: time, validators: validators, grants: grants, parameters: parameters)
  }

  private static func write(
    origin: String, time: Instant, validators: ValidatorSet, grants: [Grant], parameters: Parameters,
    to writer: inout JSONWriter
  ) {
    writer.object { genesis in
      genesis.field("twinergy", validators.hasRoots ? 2 : 1)
      genesis.field("origin", origin)
      genesis.field("time", time)
      genesis.field("validators") { validators.write(to: &$0) }
      genesis.field("keys", each: grants) { writer, grant in
        writer.object { grant.write(to: &$0) }
      }
      genesis.field("parameters") { field in
        field.object { parameters.write(to: &$0) }
      }
    }
  }
}
