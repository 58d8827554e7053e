import Cryptography
import Encoding
import Quantities

/// The first leaf of a log: who decides, who may speak, and the rules that all share.
///
/// JSON: `{"twinergy":1,"origin","time","validators":[{"name","vote","cosign"}],"keys":[{"x","roles","party"}],
/// "parameters":{"stateInterval"}}`. Leaf 0 is the document's bytes as they are, and `genesis.json` beside an exported log
/// has the same bytes.
public struct Genesis: Sendable {
  /// The format that this program writes and reads.
  public static let version = 1

  /// What all validators compute with.
  public struct Parameters: Sendable, Equatable {
    /// A state digest is due at the end of the first block that brings the log to a multiple of so many leaves.
    public let stateInterval: Int

    /// The given rules.
    public init(stateInterval: Int) throws(LogError) {
      guard (16...1_000_000).contains(stateInterval) else {
        throw LogError(.genesis, "\"stateInterval\" is \(stateInterval), not 16 to 1000000")
      }
      self.stateInterval = stateInterval
    }
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
    let validators = try ValidatorSet(content.validators)
    try self.init(
      bytes: bytes, origin: content.origin, time: content.time, validators: validators, grants: content.grants,
      parameters: Parameters(stateInterval: content.stateInterval))
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
    for validator in validators.validators where !grants.contains(where: { $0.key == validator.vote }) {
      throw LogError(.genesis, "the voting key of \(validator.name) is not among the genesis' keys")
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
    var validators: [ValidatorSet.Validator]
    var grants: [Grant]
    var stateInterval: Int
  }

  private static func parse(_ bytes: [UInt8]) throws(JSONError) -> Content {
    var fields = try JSONDocument(bytes).root.fields()
    let version = try fields.integer("twinergy")
    guard version == Self.version else {
      throw JSONError(.value, "the genesis has version \(version); this program reads version \(Self.version)")
    }
    let origin = try fields.origin("origin")
    let time = try fields.instant("time")
    let validators = try fields.array("validators") { (value) throws(JSONError) in try validator(value) }
    let grants = try fields.array("keys") { (value) throws(JSONError) in
      var fields = try value.fields()
      let grant = try Grant(&fields)
      try fields.finish()
      return grant
    }
    let stateInterval = try fields.read("parameters") { (value) throws(JSONError) in
      var fields = try value.fields()
      let interval = try fields.integer("stateInterval")
      try fields.finish()
      return interval
    }
    try fields.finish()
    return Content(origin: origin, time: time, validators: validators, grants: grants, stateInterval: stateInterval)
  }

  private static func validator(_ value: JSONValue) throws(JSONError) -> ValidatorSet.Validator {
    var fields = try value.fields()
    let (name, vote, cosign) = (
      try fields.string("name"), try fields.publicKey("vote"), try fields.publicKey("cosign")
    )
    try fields.finish()
    do {
      return try ValidatorSet.Validator(name: name, vote: vote, cosign: cosign)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }

  private static func write(
    origin: String, time: Instant, validators: ValidatorSet, grants: [Grant], parameters: Parameters,
    to writer: inout JSONWriter
  ) {
    writer.object { genesis in
      genesis.field("twinergy", version)
      genesis.field("origin", origin)
      genesis.field("time", time)
      genesis.field("validators", each: validators.validators) { writer, validator in
        writer.object { fields in
          fields.field("name", validator.name)
          fields.field("vote", validator.vote)
          fields.field("cosign", validator.cosign.key)
        }
      }
      genesis.field("keys", each: grants) { writer, grant in
        writer.object { grant.write(to: &$0) }
      }
      genesis.field("parameters") { field in
        field.object { $0.field("stateInterval", parameters.stateInterval) }
      }
    }
  }
}
