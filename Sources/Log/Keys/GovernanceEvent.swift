import Cryptography
import Encoding
import Quantities

/// What validators decide about keys. The only events that the log itself understands: whoever verifies signatures must
/// know which keys were valid when.
public enum GovernanceEvent: Sendable, Hashable {
  /// `key.granted`: from the next index on, the key is valid.
  case granted(Grant)
  /// `key.revoked`: from the next index on, the key is not. Entries before stay valid.
  case revoked(KeyID)

  /// Both types.
  public static let types = ["key.granted", "key.revoked"]

  /// Reads `event`; nil where its type belongs to a module.
  ///
  /// An event about keys that this program does not know is refused, since whoever skips one verifies by wrong keys.
  public init?(_ event: JSONValue) throws(LogError) {
    func parse() throws(JSONError) -> GovernanceEvent? {
      var fields = try event.fields()
      guard try fields.value("type").begins(with: "key.") else { return nil }
      switch try fields.string("type") {
      case "key.granted":
        let grant = try Grant(&fields)
        try fields.finish()
        return .granted(grant)
      case "key.revoked":
        guard let key = KeyID(try fields.string("kid")) else {
          throw JSONError(.value, "in \"kid\": not the name of a key")
        }
        try fields.finish()
        return .revoked(key)
      case let type:
        throw JSONError(.value, "this program does not know events of type \(quoted(type)); a newer one may")
      }
    }
    guard let parsed = try asLog(.governance, parse) else { return nil }
    self = parsed
  }

  /// The event as an object of an entry.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { event in
        switch self {
        case .granted(let grant):
          event.field("type", "key.granted")
          grant.write(to: &event)
        case .revoked(let key):
          event.field("type", "key.revoked")
          event.field("kid", key.description)
        }
      }
    }
  }
}
