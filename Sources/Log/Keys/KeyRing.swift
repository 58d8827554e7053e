import Cryptography
import Encoding
import HashTreeCollections
import Quantities

/// All keys that ever were valid in a log, with the windows of indexes in which they are, and how far each has counted.
///
/// One rule for the validator that admits an entry and for the auditor that reads it years later: an entry is good if its
/// key was valid *at its index*, whatever happened to the key since.
public struct KeyRing: Sendable {
  /// A key of the ring.
  public struct Holder: Sendable, Hashable {
    /// What it may do.
    public let grant: Grant
    /// The first index at which it is valid.
    public let from: Int
    /// The first index at which it no longer is.
    public internal(set) var until: Int?
    /// The last sequence number that it has signed; 0 before the first.
    public internal(set) var sequence = 0

    /// Whether the key is valid at `index`.
    public func isValid(at index: Int) -> Bool { from <= index && index < until ?? .max }
  }

  private var holders: TreeDictionary<KeyID, Holder> = [:]

  /// The ring at the start of a log.
  public init(_ genesis: Genesis) {
    for grant in genesis.grants { holders[grant.key.id] = Holder(grant: grant, from: 1) }
  }

  /// The key called `id`, whatever its window.
  public func holder(_ id: KeyID) -> Holder? { holders[id] }

  /// The keys that have `role` and are valid at `index`, in the order of their names.
  public func holders(of role: RoleID, at index: Int) -> [Holder] {
    holders.values.filter { $0.isValid(at: index) && $0.grant.roles.contains(role) }
      .sorted { $0.grant.key.id.description < $1.grant.key.id.description }
  }

  /// How many keys ever were valid.
  public var size: Int { holders.count }

  /// Every key that ever was valid, by its name.
  public var publicKeys: [KeyID: PublicKey] {
    Dictionary(uniqueKeysWithValues: holders.map { ($0.key, $0.value.grant.key) })
  }

  /// Counts an entry of `author`, whose key is in the ring.
  public mutating func count(_ author: KeyID, sequence: Int) {
    holders[author]!.sequence = sequence
  }

  /// The key called `author`, if it is valid at `index`.
  public func valid(_ author: KeyID, at index: Int) throws(LogError) -> Holder {
    guard let holder = holders[author] else {
      throw LogError(.unknownKey, "no key \(author) was ever granted")
    }
    guard holder.isValid(at: index) else {
      let until = holder.until.map(String.init) ?? "the end"
      throw LogError(.keyWindow, "key \(author) is valid from index \(holder.from) until \(until), not at \(index)")
    }
    return holder
  }

  /// The key that signed `entry`, if it is valid at `index` and has not signed this sequence number or a later one.
  public func signer(of entry: Entry, at index: Int) throws(LogError) -> Holder {
    let holder = try valid(entry.author, at: index)
    guard entry.sequence > holder.sequence else {
      throw LogError(
        .sequence, "entry \(index) has sequence number \(entry.sequence); its key has signed \(holder.sequence) before")
    }
    return holder
  }

  /// Makes a new key valid from `index` on.
  mutating func grant(_ grant: Grant, from index: Int) throws(LogError) {
    guard holders[grant.key.id] == nil else {
      throw LogError(.governance, "key \(grant.key.id) was granted before; a new grant needs a new key")
    }
    holders[grant.key.id] = Holder(grant: grant, from: index)
  }

  /// Refuses a key that cannot be revoked, since it is revoked or was never granted.
  func requireRevocable(_ id: KeyID) throws(LogError) {
    guard let holder = holders[id], holder.until == nil else {
      throw LogError(.governance, "key \(id) is not valid, so it cannot be revoked")
    }
  }

  /// Makes the key called `id`, which is in the ring, valid no longer than before `index`.
  mutating func revoke(_ id: KeyID, at index: Int) { holders[id]!.until = index }
}

extension KeyRing {
  /// Writes the ring as part of the canonical state: keys in the order of their names.
  public func write(to writer: inout JSONWriter) {
    let sorted = holders.values.map { ($0.grant.key.id.description, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    writer.object { ring in
      ring.field("keys", each: sorted) { writer, holder in
        writer.object { fields in
          holder.grant.write(to: &fields)
          fields.field("from", holder.from)
          if let until = holder.until { fields.field("until", until) }
          fields.field("seq", holder.sequence)
        }
      }
    }
  }

  /// Reads back what ``write(to:)`` wrote for the log of `genesis`.
  public init(_ value: JSONValue, genesis: Genesis) throws(JSONError) {
    self.init(genesis)
    var fields = try value.fields()
    let all = try fields.array("keys") { (value) throws(JSONError) in
      var fields = try value.fields()
      let grant = try Grant(&fields)
      let from = try fields.integer("from")
      let until = try fields.readIfPresent("until") { (value) throws(JSONError) in try value.integer() }
      let sequence = try fields.integer("seq")
      try fields.finish()
      return Holder(grant: grant, from: from, until: until, sequence: sequence)
    }
    try fields.finish()
    holders = [:]
    for holder in all {
      let id = holder.grant.key.id
      guard holders.updateValue(holder, forKey: id) == nil else {
        throw JSONError(.value, "in \"keys\": key \(id) stands twice")
      }
    }
  }
}
