import Community
import Cryptography
import Log

/// Entries that wait for their place, in the order in which they arrived.
public struct Mempool: Sendable {
  /// The most entries that wait.
  public static let capacity = 16_384
  /// The most entries of one key that wait: a key that floods shuts out itself.
  public static let capacityPerKey = 1024

  /// An entry that waits.
  public struct Waiting: Sendable {
    /// The entry, its signature verified.
    public let facts: EntryFacts
    /// Whether its author submitted it here.
    public let isLocal: Bool
  }

  private struct Name: Hashable {
    var author: KeyID
    var sequence: Int
  }

  private var byArrival: [Waiting] = []
  private var names: Set<Name> = []
  private var counts: [KeyID: Int] = [:]

  /// What became of an entry.
  public enum Admission: Sendable {
    /// It waits.
    case added
    /// An entry with its key and sequence number waits.
    case known
    /// No place is left, for its key or at all.
    case full
  }

  /// Nothing waits.
  public init() {}

  /// The entries in the order of their arrival.
  public var entries: [Waiting] { byArrival }
  /// Whether nothing waits.
  public var isEmpty: Bool { byArrival.isEmpty }

  private static func name(_ facts: EntryFacts) -> Name {
    Name(author: facts.entry.author, sequence: facts.entry.sequence)
  }

  /// Has `facts` wait.
  public mutating func add(_ facts: EntryFacts, isLocal: Bool) -> Admission {
    let name = Self.name(facts)
    guard !names.contains(name) else { return .known }
    guard byArrival.count < Self.capacity, counts[name.author, default: 0] < Self.capacityPerKey else { return .full }
    names.insert(name)
    counts[name.author, default: 0] += 1
    byArrival.append(Waiting(facts: facts, isLocal: isLocal))
    return .added
  }

  /// Keeps those that `isWanted` says; answers the others.
  @discardableResult
  public mutating func keep(_ isWanted: (EntryFacts) -> Bool) -> [Waiting] {
    let kept = byArrival.filter { isWanted($0.facts) }
    guard kept.count < byArrival.count else { return [] }
    let dropped = byArrival.filter { !isWanted($0.facts) }
    for waiting in dropped {
      let name = Self.name(waiting.facts)
      names.remove(name)
      counts[name.author]! -= 1
      if counts[name.author] == 0 { counts[name.author] = nil }
    }
    byArrival = kept
    return dropped
  }
}
