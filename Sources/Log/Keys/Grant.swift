import Cryptography
import Encoding
import Quantities

/// What governance says of a key: what it may do, and for whom.
public struct Grant: Sendable, Hashable {
  /// The most roles of one key.
  public static let maximumRoles = 16

  /// The key.
  public let key: PublicKey
  /// What it may do, sorted.
  public let roles: [RoleID]
  /// The party that it speaks for, where it speaks for one.
  public let party: PartyID?

  /// `key` may do `roles` for `party`.
  public init(key: PublicKey, roles: [RoleID], party: PartyID? = nil) throws(LogError) {
    let sorted = roles.sorted()
    guard (1...Self.maximumRoles).contains(roles.count), Set(roles).count == roles.count else {
      throw LogError(.governance, "a key has 1 to \(Self.maximumRoles) different roles")
    }
    (self.key, self.roles, self.party) = (key, sorted, party)
  }

  /// Reads the members `x`, `roles` and `party`.
  init(_ fields: inout JSONFields) throws(JSONError) {
    let key = try fields.publicKey("x")
    let roles: [RoleID] = try fields.array("roles") { (value) throws(JSONError) in try value.identifier() }
    let party: PartyID? = try fields.readIfPresent("party") { (value) throws(JSONError) in try value.identifier() }
    do {
      try self.init(key: key, roles: roles, party: party)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }

  /// Writes what ``init(_:)`` reads.
  func write(to writer: inout JSONWriter) {
    writer.field("x", key)
    writer.field("roles", each: roles) { $0.string($1.text) }
    if let party { writer.field("party", party) }
  }
}
