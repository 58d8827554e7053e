import Community
import Cryptography
import Log
import Quantities

/// A log that several validators decide, made by one process that has all of their keys.
public struct GovernedLog: Sendable {
  /// The log's name.
  public static let origin = "test.example/governed"

  /// The community on its log.
  public private(set) var ledger: Ledger
  /// All leaves up to the last block.
  public private(set) var leaves: [[UInt8]]
  /// The checkpoint of them.
  public private(set) var checkpoint: [UInt8] = []
  private var precommits: [Precommit] = []
  private var sequences: [String: Int] = [:]
  private var pending: [[UInt8]] = []

  /// The log of `count` validators called v0, v1 …, each with a root key, in which `clerk` is an operator.
  public init(validators count: Int) throws {
    let validators = try (0..<count).map { try Self.validator("v\($0)", hasRoot: true) }
    let genesis = try Genesis(
      origin: Self.origin, time: Instant(milliseconds: 1_780_000_000_000), validators: ValidatorSet(validators),
      grants: validators.flatMap { validator in
        [
          try Grant(key: validator.vote, roles: [RoleID("validator")]),
          try Grant(key: validator.root!, roles: [RoleID("root")]),
        ]
      } + [try Grant(key: Self.key("clerk").publicKey, roles: [RoleID("operator")])],
      parameters: .init(stateInterval: 16))
    (ledger, leaves) = (Ledger(genesis), [genesis.bytes])
  }

  /// The secret key of `name`: the same in every test.
  public static func key(_ name: String) throws -> SecretKey {
    try SecretKey(seed: SHA256.hash(Array("governed \(name)".utf8)).bytes)
  }

  /// The validator `name`, with keys of the incarnation `letter`.
  public static func validator(
    _ name: String, _ letter: String = "", hasRoot: Bool = false
  ) throws -> ValidatorSet.Validator {
    try .init(
      name: name, vote: key(name + letter).publicKey, cosign: key("\(name + letter) cosigns").publicKey,
      root: hasRoot ? key("\(name + letter) root").publicKey : nil)
  }

  /// Two prevotes that no honest validator signs both.
  public static func evidence(against name: String) throws -> Evidence {
    let lines = try [nil, SHA256.hash([1])].map { root in
      try SignedVote(Vote(chain: origin, height: 3, round: 0, step: .prevote, root: root), by: key(name)).line
    }
    return try Evidence(lines[0], lines[1])
  }

  /// The motion that `changes` hold after `delay` blocks.
  public func motion(_ changes: Change..., after delay: Int = 1) throws -> Motion {
    try Motion(
      height: ledger.height + 1 + delay, expires: ledger.time.advanced(byMilliseconds: 86_400_000), changes: changes)
  }

  /// Appends an entry in which `author` says `event`.
  public mutating func say(_ author: String, _ event: GovernanceEvent) throws { try say(author, event.bytes) }

  /// Appends an entry in which `author` says `event`.
  public mutating func say(_ author: String, _ event: [UInt8]) throws {
    let sequence = sequences[author, default: 0] + 1
    let line = try EntryDraft(
      chain: Self.origin, id: EntryID("e\(sequence)"), sequence: sequence, at: ledger.time, events: [event]
    ).signed(by: Self.key(author))
    _ = try ledger.append(EntryFacts(line: line), leaf: MerkleHash.leaf(line.bytes), time: ledger.time)
    sequences[author] = sequence
    pending.append(line.bytes)
  }

  /// A participant joins, by the clerk's word.
  public mutating func join(_ name: String) throws {
    try say("clerk", Array(#"{"type":"participant.joined","participant":"\#(name)"}"#.utf8))
  }

  /// `motion`, proposed by the first of `authors` and approved by the others.
  public mutating func decide(_ motion: Motion, _ authors: String...) throws {
    for (place, author) in authors.enumerated() {
      try say(author, place == 0 ? .proposed(motion) : .approved(motion.name))
    }
  }

  /// Closes the block, a second after the one before. `voters` are the names of the keys of those who decide it.
  public mutating func seal(_ voters: String...) throws {
    let time = ledger.time.advanced(byMilliseconds: 1000)
    let (height, set) = (ledger.height + 1, ledger.terms.present)
    let names = try voters.map { voter in (try Self.name(of: voter, in: set), try Self.key("\(voter) cosigns")) }
    let block = try ledger.seal(
      at: time, vote: Self.key(voters[0]), cosigners: names.map { (name: $0.0, key: $0.1) }, precommits: precommits)
    let vote = Vote(chain: Self.origin, height: height, round: 0, step: .precommit, root: ledger.tiles.root)
    let votes = try voters.map { try SignedVote(vote, by: Self.key($0)) }
    precommits = set.validators.count == 1 ? [] : Certificate.sorted(votes, validators: set).map(Precommit.init)
    leaves += pending + [block.line]
    (pending, checkpoint) = ([], block.checkpoint)
  }

  private static func name(of voter: String, in set: ValidatorSet) throws -> String {
    let id = try key(voter).id
    return set.validator(voting: id)?.name ?? voter
  }

  /// Four validators: the market's clerk gets a colleague, v3 loses its keys and its root asks for others, v1 contradicts
  /// itself and is removed, a fifth joins.
  public static func eventful() throws -> GovernedLog {
    var log = try GovernedLog(validators: 4)
    try log.join("a")
    let colleague = try Grant(key: key("colleague").publicKey, roles: [RoleID("operator")])
    try log.decide(log.motion(.granted(colleague), .parameters(.init(stateInterval: 32)), after: 2), "v0", "v1", "v2")
    try log.seal("v0", "v1", "v2", "v3")
    let lost = try log.motion(.replaced(validator("v3", "b")))
    try log.decide(lost, "v3 root", "v0", "v1", "v2")
    try log.seal("v1", "v0", "v2")
    try log.say("colleague", Array(#"{"type":"participant.joined","participant":"b"}"#.utf8))
    try log.say("clerk", evidence(against: "v1").event)
    try log.seal("v2", "v0", "v3b")
    try log.decide(log.motion(.removed("v1"), .added(validator("v4")), after: 1), "v3b", "v0", "v2")
    try log.seal("v3b", "v1", "v2")
    for name in ["c", "d"] {
      try log.join(name)
      try log.seal("v4", "v3b", "v2")
    }
    return log
  }
}
