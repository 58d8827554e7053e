import Cryptography
import Log

/// An entry whose events are read: all that can be said of it without the state.
public struct EntryFacts: Sendable {
  /// The entry.
  public let entry: Entry
  /// Its events.
  public let facts: [Fact]

  /// Reads the events of `entry`, each in one of `forms`.
  public init(_ entry: Entry, _ forms: EventForms = .current) throws(Refusal) {
    self.entry = entry
    var facts: [Fact] = []
    facts.reserveCapacity(entry.events.count)
    for event in entry.events { facts.append(try Fact(event, forms)) }
    self.facts = facts
  }

  /// Reads an entry from its line.
  public init(line: SignedLine) throws(Refusal) {
    let entry: Entry
    do {
      entry = try Entry(line)
    } catch {
      throw .log(error)
    }
    try self.init(entry)
  }
}

/// An entry that is in the log already, read and hashed: all of following it that needs no order.
public struct ReadEntry: Sendable {
  let facts: Result<EntryFacts, Refusal>
  let leaf: Digest

  /// Reads the entry of `line`.
  public init(_ line: SignedLine) {
    facts = Result { () throws(Refusal) in try EntryFacts(line: line) }
    leaf = MerkleHash.leaf(line.bytes)
  }
}
