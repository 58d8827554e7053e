import Community
import Cryptography
import Log

/// Entries that wait for their place, in the order in which they arrived.
public struct Mempool: Sendable {
  /// The most entries that wait.
  public static let capacity = 16_384
  /// The most entries of one key that wait: a key that floods shuts out itself.
  public static let capacityPerKey = 1024
  /// The most bytes that the lines of all that wait have: 64 MiB.
  public static let capacityInBytes = 64 << 20
  /// The most bytes of one key's lines that wait: 4 MiB.
  public static let capacityInBytesPerKey = 4 << 20

  /// An entry that waits.
  public struct Waiting: Sendable {
    /// The entry, its signature verified.
    public let facts: EntryFacts
    /// Whether its author submitted it here.
    public let isLocal: Bool
    /// How many entries had arrived with it.
    public let arrival: Int
    /// For how many ticks it has waited.
    public fileprivate(set) var ticks = 0
  }

  private struct Share {
    var count = 0
    var bytes = 0

    func hasRoom(for length: Int, count limit: Int, bytes limitInBytes: Int) -> Bool {
      count < limit && bytes + length <= limitInBytes
    }

    mutating func add(_ length: Int) { (count, bytes) = (count + 1, bytes + length) }
    mutating func remove(_ length: Int) { (count, bytes) = (count - 1, bytes - length) }
  }

  private struct Name: Hashable {
    var author: KeyID
    var sequence: Int
  }

  private var byArrival: [Waiting] = []
  /// How many entries have arrived so far.
  private(set) var arrivals = 0
  private var names: Set<Name> = []
  private var lines: Set<SignedLine> = []
  private var all = Share()
  private var shares: [KeyID: Share] = [:]

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

  /// Whether the entry of this very line waits: then its signature was verified.
  public func holds(_ line: SignedLine) -> Bool { lines.contains(line) }

  /// The last sequence number of `author` that waits; 0 where none does.
  func lastSequence(of author: KeyID) -> Int {
    guard shares[author] != nil else { return 0 }
    return byArrival.reduce(0) { $1.facts.entry.author == author ? max($0, $1.facts.entry.sequence) : $0 }
  }

  /// Has `facts` wait.
  public mutating func add(_ facts: EntryFacts, isLocal: Bool) -> Admission {
    let name = Self.name(facts)
    let length = facts.entry.line.bytes.count
    guard !names.contains(name) else { return .known }
    let share = shares[name.author, default: Share()]
    guard all.hasRoom(for: length, count: Self.capacity, bytes: Self.capacityInBytes),
      share.hasRoom(for: length, count: Self.capacityPerKey, bytes: Self.capacityInBytesPerKey)
    else { return .full }
    names.insert(name)
    lines.insert(facts.entry.line)
    all.add(length)
    shares[name.author, default: Share()].add(length)
    arrivals += 1
    byArrival.append(Waiting(facts: facts, isLocal: isLocal, arrival: arrivals))
    return .added
  }

  /// A second has passed.
  mutating func tick() {
    for place in byArrival.indices { byArrival[place].ticks += 1 }
  }

  /// Keeps those that `isWanted` says; answers the others.
  @discardableResult
  public mutating func keep(_ isWanted: (EntryFacts) -> Bool) -> [Waiting] {
    var (kept, dropped): ([Waiting], [Waiting]) = ([], [])
    for waiting in byArrival {
      if isWanted(waiting.facts) { kept.append(waiting) } else { dropped.append(waiting) }
    }
    for waiting in dropped {
      let name = Self.name(waiting.facts)
      let length = waiting.facts.entry.line.bytes.count
      names.remove(name)
      lines.remove(waiting.facts.entry.line)
      all.remove(length)
      shares[name.author]!.remove(length)
      if shares[name.author]!.count == 0 { shares[name.author] = nil }
    }
    byArrival = kept
    return dropped
  }
}
