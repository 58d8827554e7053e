import Encoding
import Quantities

/// How a device belongs to its owners: parts per million that sum to one.
public struct Shares: Sendable, Hashable {
  /// The whole.
  public static let whole = 1_000_000
  /// The most owners of one device.
  public static let maximumOwners = 100

  /// One owner's part.
  public struct Share: Sendable, Hashable {
    /// The owner.
    public let party: PartyID
    /// Its part of a million, at least 1.
    public let partsPerMillion: Int

    /// `party` owns `partsPerMillion` of the device.
    public init(_ party: PartyID, _ partsPerMillion: Int) {
      (self.party, self.partsPerMillion) = (party, partsPerMillion)
    }
  }

  /// The owners in the order in which they were given.
  public let owners: [Share]

  /// The given shares: different parties, positive parts, the whole in sum.
  public init(_ owners: [Share]) throws(JSONError) {
    guard (1...Self.maximumOwners).contains(owners.count), Set(owners.map(\.party)).count == owners.count,
      owners.allSatisfy({ (1...Self.whole).contains($0.partsPerMillion) }),
      owners.reduce(0, { $0 + $1.partsPerMillion }) == Self.whole
    else {
      throw JSONError(.value, "a device has 1 to \(Self.maximumOwners) owners whose shares sum to \(Self.whole)")
    }
    self.owners = owners
  }

  private init(sole owner: PartyID) { owners = [Share(owner, Self.whole)] }

  /// All of the device for `owner`.
  public static func sole(_ owner: PartyID) -> Shares { Shares(sole: owner) }

  /// Whether `party` owns a part.
  public func contains(_ party: PartyID) -> Bool { owners.contains { $0.party == party } }

  /// `total` divided among the owners, in their order, without losing a unit.
  public func split(_ total: Int) -> [Int] {
    owners.count == 1 ? [total] : Apportionment.split(total, by: owners.map(\.partsPerMillion))
  }
}

extension Shares.Share: MemberObject {
  /// The members.
  public static let members = Members(Self.init, Member("party", \.party), Member("share", \.partsPerMillion))
}

extension Shares: MemberValue {
  /// An array of owners.
  public static var schema: Schema { .counted([Share].schema, 1...maximumOwners) }
  /// Reads an array of `{"party","share"}`.
  public static func read(_ value: JSONValue) throws(JSONError) -> Shares { try Shares(try [Share].read(value)) }
  /// Writes the array.
  public func write(to writer: inout JSONWriter) { owners.write(to: &writer) }
}

extension JSONFields {
  /// The array of identifiers called `name`.
  public mutating func identifiers<Kind>(_ name: StaticString) throws(JSONError) -> [Identifier<Kind>] {
    try array(name) { (value) throws(JSONError) in try value.identifier() }
  }
}

extension JSONWriter {
  /// Writes an array of identifiers.
  public mutating func field<Kind>(_ name: String, _ identifiers: [Identifier<Kind>]) {
    field(name, each: identifiers) { $0.string($1.text) }
  }
}
