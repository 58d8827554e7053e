import Cryptography
import Encoding

/// Who decides: the pilots' validators, each with one vote.
public struct ValidatorSet: Sendable, Equatable {
  /// The most validators of one log.
  public static let maximumCount = 64

  /// One pilot's validator. It votes with one key and cosigns with another.
  public struct Validator: Sendable, Hashable {
    /// The name under which it cosigns.
    public let name: String
    /// Signs block lines and votes.
    public let vote: PublicKey
    /// Cosigns checkpoints.
    public let cosign: VerifierKey
    /// Kept offline; asks for other keys when these are lost.
    public let root: PublicKey?

    /// A validator, all of whose keys are different.
    public init(name: String, vote: PublicKey, cosign: PublicKey, root: PublicKey? = nil) throws(LogError) {
      guard vote != cosign else { throw LogError(.genesis, "\(name) votes and cosigns with the same key") }
      guard root != vote, root != cosign else {
        throw LogError(.genesis, "the root key of \(name) votes or cosigns, so that it is not offline")
      }
      try self.init(name: name, vote: vote, cosign: VerifierKey(name: name, key: cosign), root: root)
    }

    private init(name: String, vote: PublicKey, cosign: VerifierKey, root: PublicKey?) {
      (self.name, self.vote, self.cosign, self.root) = (name, vote, cosign, root)
    }

    /// The same validator with another root key.
    func with(root: PublicKey?) -> Validator { Validator(name: name, vote: vote, cosign: cosign, root: root) }

    var keys: [KeyID] { [vote.id, cosign.key.id] + (root.map { [$0.id] } ?? []) }
  }

  /// In the order of the genesis.
  public let validators: [Validator]

  /// The given validators: at least one, all with names and keys of their own.
  public init(_ validators: [Validator]) throws(LogError) {
    guard (1...Self.maximumCount).contains(validators.count) else {
      throw LogError(.genesis, "a log has 1 to \(Self.maximumCount) validators, not \(validators.count)")
    }
    guard Set(validators.map(\.name)).count == validators.count,
      Set(validators.flatMap(\.keys)).count == validators.reduce(0, { $0 + $1.keys.count })
    else { throw LogError(.genesis, "two validators share a name or a key") }
    self.validators = validators
  }

  /// The fewest that are more than two thirds.
  public var quorum: Int { validators.count * 2 / 3 + 1 }

  /// SHA-256 over one line `<name> <vote key id> <verifier key>[ <root key id>]` for each validator: names the set in block
  /// lines.
  public var digest: Digest {
    SHA256.hash(
      validators.flatMap { validator in
        let root = validator.root.map { " \($0.id)" } ?? ""
        return Array("\(validator.name) \(validator.vote.id) \(validator.cosign)\(root)\n".utf8)
      })
  }

  /// Whether a validator has a root key.
  var hasRoots: Bool { validators.contains { $0.root != nil } }

  /// The validator that votes with `key`.
  public func validator(voting key: KeyID) -> Validator? {
    validators.first { $0.vote.id == key }
  }

  /// Refuses a checkpoint that fewer than a quorum have cosigned.
  public func requireQuorum(on checkpoint: CosignedCheckpoint) throws(LogError) {
    let signers = try checkpoint.verify(validators.map(\.cosign))
    guard signers.count >= quorum else {
      throw LogError(
        .quorum, "\(signers.count) of \(validators.count) validators have cosigned the checkpoint; \(quorum) must")
    }
  }
}

extension ValidatorSet.Validator {
  /// Reads the members `name`, `vote`, `cosign` and `root`.
  init(_ fields: inout JSONFields) throws(JSONError) {
    let (name, vote, cosign) = (
      try fields.string("name"), try fields.publicKey("vote"), try fields.publicKey("cosign")
    )
    let root = try fields.readIfPresent("root") { (value) throws(JSONError) in try value.publicKey() }
    do {
      try self.init(name: name, vote: vote, cosign: cosign, root: root)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }

  /// Writes what ``init(_:)`` reads.
  func write(to writer: inout JSONWriter) {
    writer.field("name", name)
    writer.field("vote", vote)
    writer.field("cosign", cosign.key)
    if let root { writer.field("root", root) }
  }
}

extension ValidatorSet {
  /// Reads an array of validators.
  public init(_ value: JSONValue) throws(JSONError) {
    let validators: [Validator] = try value.array { (value) throws(JSONError) in
      var fields = try value.fields()
      let validator = try Validator(&fields)
      try fields.finish()
      return validator
    }
    do {
      try self.init(validators)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }

  /// Writes what ``init(_:)-(JSONValue)`` reads.
  public func write(to writer: inout JSONWriter) {
    writer.array { array in
      for validator in validators { array.object { validator.write(to: &$0) } }
    }
  }
}
