import Community
import Cryptography
import Encoding
import Kernel
import Log
import Quantities

/// A community under test. Its authors sign events given as JSON text, as authors anywhere do.
public struct Village: Sendable {
  /// The log's name.
  public static let origin = "test.example/village"
  /// The slot that begins on 2026-06-18 at 00:00 UTC.
  public static let midnight = 1_979_712
  /// Authors with keys of the genesis: four with a role, four that speak for a party of their name.
  public static let authors = ["validator", "operator", "dso", "gateway", "anna", "bert", "carl", "dora"]

  /// The community.
  public private(set) var community: Community
  /// The time of the blocks to come.
  public var time: Instant
  /// The index of the next entry.
  public private(set) var index = 1
  private var sequences: [String: Int] = [:]

  /// A community that nobody has joined, the day before ``midnight``.
  public init() throws {
    let genesis = try Self.genesis()
    community = Community(genesis)
    time = genesis.time
  }

  /// The secret key of the author `name`: the same in every test.
  public static func key(_ name: String) throws -> SecretKey {
    try SecretKey(seed: SHA256.hash(Array("village \(name)".utf8)).bytes)
  }

  /// The keys of the validator at `place` of a log that several decide.
  public static func validator(_ place: Int) throws -> ValidatorKeys {
    ValidatorKeys(name: "v\(place)", vote: try key("vote \(place)"), cosign: try key("cosign \(place)"))
  }

  /// The genesis of a log in which a state digest is due every `stateInterval` leaves: with a validator of its own, or with
  /// so many of ``validator(_:)``.
  public static func genesis(stateInterval: Int = 16, validators count: Int? = nil) throws -> Genesis {
    let alone = ValidatorKeys(name: "village", vote: try key("validator"), cosign: try key("cosigner"))
    let keys = try count.map { try (0..<$0).map { try validator($0) } } ?? [alone]
    let validators = try keys.map {
      try ValidatorSet.Validator(name: $0.name, vote: $0.vote.publicKey, cosign: $0.cosign.publicKey)
    }
    let grants = try authors.map { name in
      let role = try ["validator", "operator", "dso", "gateway"].contains(name) ? RoleID(name) : .party
      return try Grant(key: key(name).publicKey, roles: [role], party: role == .party ? PartyID(name) : nil)
    }
    let votes = try count == nil ? [] : keys.map { try Grant(key: $0.vote.publicKey, roles: [.validator]) }
    return try Genesis(
      origin: origin, time: slot(midnight - 96).start, validators: ValidatorSet(validators), grants: votes + grants,
      parameters: .init(stateInterval: stateInterval))
  }

  /// The slot `number`.
  public static func slot(_ number: Int) throws -> Slot { try Slot(number) }

  /// The entry in which `author` says `events`, each the text of one JSON object.
  public static func line(
    _ author: String, sequence: Int, _ events: [String], chain: String = origin
  ) throws -> SignedLine {
    try EntryDraft(
      chain: chain, id: EntryID("\(author.replacing(" ", with: "."))-\(sequence)"), sequence: sequence,
      at: Instant(milliseconds: 1_700_000_000_000), events: events.map { Array($0.utf8) }
    ).signed(by: key(author))
  }

  /// The next entry of `author`.
  public func line(_ author: String, _ events: [String]) throws -> SignedLine {
    try Self.line(author, sequence: (sequences[author] ?? 0) + 1, events)
  }

  /// `author` says `events` in one entry, which must be accepted.
  public mutating func say(_ author: String, _ events: String..., observer: Community.Observer? = nil) throws {
    try say(author, events, observer: observer)
  }

  /// `author` says `events` in one entry, which must be accepted.
  public mutating func say(_ author: String, _ events: [String], observer: Community.Observer? = nil) throws {
    let facts = try EntryFacts(line: line(author, events))
    try community.apply(facts, at: index, time: time, observer: observer)
    sequences[author, default: 0] += 1
    index += 1
  }

  /// How an entry in which `author` says `events` is refused; nil where it is accepted, or where a refusal left a trace.
  public func refusal(_ author: String, _ events: String...) throws -> Refusal? { try refusal(author, events) }

  /// How an entry in which `author` says `events` is refused; nil where it is accepted, or where a refusal left a trace.
  public func refusal(_ author: String, _ events: [String]) throws -> Refusal? {
    var after = self
    do {
      try after.say(author, events)
      return nil
    } catch let refusal as Refusal {
      return after.digest == digest ? refusal : nil
    }
  }

  /// The whole state.
  public var state: StateSnapshot { StateSnapshot(community) }

  /// The state's digest.
  public var digest: Digest { state.digest }

  /// The canonical JSON of one part of the state; empty where nothing has happened in it.
  public func part(_ name: String) -> String {
    String(decoding: state.parts.first { $0.name == name }?.bytes ?? [], as: UTF8.self)
  }
}
