import Cryptography
import Encoding
import Quantities

/// What the log itself understands: whoever verifies signatures must know which keys were valid when, and who decided.
public enum GovernanceEvent: Sendable, Hashable {
  /// `key.granted`: from the next index on, the key is valid. For a validator that decides alone.
  case granted(Grant)
  /// `key.revoked`: from the next index on, the key is not. Entries before stay valid. For a validator that decides alone.
  case revoked(KeyID)
  /// `motion.proposed`: changes, for a quorum to approve.
  case proposed(Motion)
  /// `motion.approved`: one more validator is for the motion of this name.
  case approved(Digest)
  /// `motion.withdrawn`: who proposed the motion of this name takes it back.
  case withdrawn(Digest)
  /// `validator.accused`: a validator has signed what no honest one signs.
  case accused(Evidence)

  /// All types.
  public static let types: Set = [
    "key.granted", "key.revoked", "motion.proposed", "motion.approved", "motion.withdrawn", "validator.accused",
  ]

  /// How the types of these events begin. No module's do.
  private static let families: [StaticString] = ["key.", "motion.", "validator."]

  /// Reads `event`; nil where its type belongs to a module.
  ///
  /// An event of these families that this program does not know is refused, since whoever skips one verifies by wrong keys.
  public init?(_ event: JSONValue) throws(LogError) {
    guard let parsed = try asLog(.governance, { () throws(JSONError) in try Parsed(event) }) else { return nil }
    switch parsed {
    case .whole(let whole): self = whole
    case .lines(let lines): self = .accused(try Evidence(lines))
    }
    if case .proposed(let motion) = self {
      guard JSONWriter.bytes({ event.write(to: &$0) }) == motion.bytes else {
        throw LogError(.governance, "the motion's members and roles do not stand in their order")
      }
    }
  }

  /// What JSON alone can tell.
  private enum Parsed {
    case whole(GovernanceEvent)
    case lines([String])

    init?(_ event: JSONValue) throws(JSONError) {
      var fields = try event.fields()
      let type = try fields.value("type")
      var isOurs = false
      for family in families where try type.begins(with: family) { isOurs = true }
      guard isOurs else { return nil }
      if try type.string() == "validator.accused" {
        self = .lines(try fields.array("lines") { (line) throws(JSONError) in try line.string() })
      } else {
        self = .whole(try GovernanceEvent(type: type.string(), &fields))
      }
      try fields.finish()
    }
  }

  private init(type: String, _ fields: inout JSONFields) throws(JSONError) {
    switch type {
    case "key.granted": self = .granted(try Grant(&fields))
    case "key.revoked": self = .revoked(try fields.keyID("kid"))
    case "motion.proposed": self = .proposed(try Motion(&fields))
    case "motion.approved": self = .approved(try fields.digest("motion"))
    case "motion.withdrawn": self = .withdrawn(try fields.digest("motion"))
    default:
      throw JSONError(.value, "this program does not know events of type \(quoted(type)); a newer one may")
    }
  }

  /// The event's type.
  public var type: String {
    switch self {
    case .granted: "key.granted"
    case .revoked: "key.revoked"
    case .proposed: "motion.proposed"
    case .approved: "motion.approved"
    case .withdrawn: "motion.withdrawn"
    case .accused: "validator.accused"
    }
  }

  /// The event as an object of an entry.
  public var bytes: [UInt8] {
    if case .proposed(let motion) = self { return motion.bytes }
    return JSONWriter.bytes { writer in
      writer.object { event in
        event.field("type", type)
        switch self {
        case .granted(let grant): grant.write(to: &event)
        case .revoked(let key): event.field("kid", key.description)
        case .approved(let motion), .withdrawn(let motion): event.field("motion", motion)
        case .accused(let evidence): event.field("lines", each: evidence.lines) { $0.string($1.text) }
        case .proposed: break
        }
      }
    }
  }
}
