import Cryptography
import Encoding

/// Who a participant is: what never stands on the log.
///
/// Its JSON has one form, the one that ``bytes`` gives: members `name`, `mail`, `address`, `preferences` in this order,
/// absent ones left out, preferences in the order of their names' bytes.
public struct Profile: Sendable, Equatable {
  /// The longest name, mail address, postal address, and name or value of a preference, in bytes.
  public static let longest = (name: 200, mail: 254, address: 1000, preference: 1000)
  /// The most preferences.
  public static let maximumPreferences = 64

  /// What the person is called.
  public let name: String?
  /// Where mail reaches the person.
  public let mail: String?
  /// Where the person lives.
  public let address: String?
  /// What the person has chosen, by name.
  public let preferences: [String: String]

  /// Reads a profile in any order of its members.
  public init(_ bytes: [UInt8]) throws(JSONError) {
    var fields = try JSONDocument(bytes).root.fields()
    name = try fields.text("name", longest: Self.longest.name)
    mail = try fields.text("mail", longest: Self.longest.mail)
    address = try fields.text("address", longest: Self.longest.address)
    let pairs = try fields.readIfPresent("preferences") { (value) throws(JSONError) in
      guard value.count <= Self.maximumPreferences else {
        throw JSONError(.value, "there are more than \(Self.maximumPreferences) preferences")
      }
      return try value.members { (name, value) throws(JSONError) in
        let text = try value.string()
        guard max(name.utf8.count, text.utf8.count) <= Self.longest.preference else {
          throw JSONError(.value, "a preference is longer than \(Self.longest.preference) bytes")
        }
        return (name, text)
      }
    }
    try fields.finish()
    preferences = Dictionary(uniqueKeysWithValues: pairs ?? [])
  }

  /// The profile's one form.
  public var bytes: [UInt8] {
    JSONWriter.bytes { $0.object { write(to: &$0) } }
  }

  /// Writes the members in their order.
  public func write(to writer: inout JSONWriter) {
    if let name { writer.field("name", name) }
    if let mail { writer.field("mail", mail) }
    if let address { writer.field("address", address) }
    guard !preferences.isEmpty else { return }
    writer.field("preferences") { field in
      field.object { object in
        for (name, value) in preferences.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          object.field(name, value)
        }
      }
    }
  }
}

extension JSONFields {
  fileprivate mutating func text(_ name: StaticString, longest: Int) throws(JSONError) -> String? {
    try readIfPresent(name) { (value) throws(JSONError) in
      let text = try value.string()
      guard (1...longest).contains(text.utf8.count) else { throw JSONError(.value, "it has 1 to \(longest) bytes") }
      return text
    }
  }
}

/// What ties a profile to the log without telling anything of it: SHA-256 over a fixed line, a random salt and the profile.
///
/// The salt is kept beside the profile and erased with it. From then on nobody can tell whether a guess was right.
public enum ProfileCommitment {
  /// Bytes of salt.
  public static let saltLength = 32
  private static let domain = Array("twinergy profile v1\n".utf8)

  /// The commitment to `profile` under `salt`.
  public static func digest(_ profile: Profile, salt: [UInt8]) -> Digest {
    precondition(salt.count == saltLength, "a salt has \(saltLength) bytes")
    return SHA256.hash(domain + salt + profile.bytes)
  }
}
