import Cryptography
import Encoding
import Quantities

/// One thing that validators decide about who may speak, who decides, and with what all compute.
public enum Change: Sendable, Hashable {
  /// `key.granted`: a new key.
  case granted(Grant)
  /// `key.revoked`: a key that is no validator's is valid no more.
  case revoked(KeyID)
  /// `validator.added`: one more validator, the last of the set; its voting key and root key are granted.
  case added(ValidatorSet.Validator)
  /// `validator.removed`: the validator of this name is none any more; its voting key and root key are revoked.
  case removed(String)
  /// `validator.replaced`: the validator of this name has other keys; without a root key, it keeps the one it has.
  case replaced(ValidatorSet.Validator)
  /// `parameters.changed`: all compute with these.
  case parameters(Genesis.Parameters)

  /// Reads a change from its object.
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    switch try fields.string("type") {
    case "key.granted": self = .granted(try Grant(&fields))
    case "key.revoked": self = .revoked(try fields.keyID("kid"))
    case "validator.added": self = .added(try ValidatorSet.Validator(&fields))
    case "validator.removed": self = .removed(try fields.string("name"))
    case "validator.replaced": self = .replaced(try ValidatorSet.Validator(&fields))
    case "parameters.changed": self = .parameters(try Genesis.Parameters(&fields))
    case let type: throw JSONError(.value, "this program knows no change of type \(quoted(type)); a newer one may")
    }
    try fields.finish()
  }

  /// The change's type.
  public var type: String {
    switch self {
    case .granted: "key.granted"
    case .revoked: "key.revoked"
    case .added: "validator.added"
    case .removed: "validator.removed"
    case .replaced: "validator.replaced"
    case .parameters: "parameters.changed"
    }
  }

  /// Writes the change as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("type", type)
      switch self {
      case .granted(let grant): grant.write(to: &fields)
      case .revoked(let key): fields.field("kid", key.description)
      case .added(let validator), .replaced(let validator): validator.write(to: &fields)
      case .removed(let name): fields.field("name", name)
      case .parameters(let parameters): parameters.write(to: &fields)
      }
    }
  }
}

extension JSONFields {
  /// The name of a key called `name`.
  mutating func keyID(_ name: StaticString) throws(JSONError) -> KeyID {
    guard let key = KeyID(try string(name)) else { throw JSONError(.value, "in \"\(name)\": not the name of a key") }
    return key
  }
}
