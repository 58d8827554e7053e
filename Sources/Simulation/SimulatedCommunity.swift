import Community
import Cryptography
import Encoding
import Log
import Quantities

/// The community of the simulation: its genesis, its authors and what they have to say. The same in every run.
struct SimulatedCommunity: Sendable {
  let genesis: Genesis
  let keys: [ValidatorKeys]
  /// What each author submits, one after the other.
  let scripts: [[SignedLine]]
  /// Entries that are well signed and may never happen: a wrong market result, a stranger's word, an unknown party.
  let wrong: [SignedLine]

  static let start = Instant(milliseconds: 1_782_000_000_000)
  private static let slot = start.milliseconds / 900_000 + 100

  /// The communities by their number of validators, and that of four in which a fifth takes the second's place.
  private static let stable = try? Dictionary(
    uniqueKeysWithValues: [2, 3, 4, 7].map { ($0, try SimulatedCommunity(validators: $0)) })
  private static let changing = try? SimulatedCommunity(validators: 4, successor: true)

  static func of(_ scenario: Scenario) -> SimulatedCommunity {
    guard let community = scenario.isChanging ? changing : stable?[scenario.validators] else {
      preconditionFailure("the simulated genesis is wrong, or there is none of \(scenario.validators) validators")
    }
    return community
  }

  private init(validators: Int, successor: Bool = false) throws {
    let count = validators + (successor ? 1 : 0)
    keys = try (0..<count).map { place in
      ValidatorKeys(name: "v\(place)", vote: try Self.key(place), cosign: try Self.key(100 + place))
    }
    let market = try Self.key(200)
    let clerks = [try Self.key(201), try Self.key(202)]
    let stranger = try Self.key(203)
    genesis = try Genesis(
      origin: "simulation.example/lem", time: Self.start,
      validators: ValidatorSet(
        keys.prefix(validators).map { try .init(name: $0.name, vote: $0.vote.publicKey, cosign: $0.cosign.publicKey) }),
      grants: keys.prefix(validators).map { try Grant(key: $0.vote.publicKey, roles: [.validator]) } + [
        try Grant(key: market.publicKey, roles: [.operator, .dso, .gateway])
      ] + clerks.map { try Grant(key: $0.publicKey, roles: [.operator]) },
      parameters: .init(stateInterval: 16))
    let clerking = try clerks.enumerated().map { number, key in
      try Self.lines((0..<4).map { [#"{"type":"participant.joined","participant":"c\#(number)-\#($0)"}"#] }, by: key)
    }
    scripts =
      [try Self.lines(Self.market, by: market)]
      + clerking + (successor ? try Self.succession(keys) : [])
    wrong = [
      try Self.line(5, [Self.cleared(price: 150_001)], by: market),
      try Self.line(1, [#"{"type":"participant.joined","participant":"x"}"#], by: stranger),
      try Self.line(9, [#"{"type":"account.opened","lem":"lem","party":"nobody"}"#], by: clerks[0]),
    ]
  }

  private static func key(_ number: Int) throws -> SecretKey {
    try SecretKey(seed: SHA256.hash(Array("simulated key \(number)".utf8)).bytes)
  }

  private static func lines(_ entries: [[String]], by key: SecretKey) throws -> [SignedLine] {
    try entries.enumerated().map { try line($0.offset + 1, $0.element, by: key) }
  }

  private static func line(_ sequence: Int, _ events: [String], by key: SecretKey) throws -> SignedLine {
    try EntryDraft(
      chain: "simulation.example/lem", id: EntryID("e\(sequence)"), sequence: sequence, at: start,
      events: events.map { Array($0.utf8) }
    ).signed(by: key)
  }

  /// What validators say so that the last of `keys` takes the second's place at height 3, or later; then it speaks itself.
  private static func succession(_ keys: [ValidatorKeys]) throws -> [[SignedLine]] {
    let (next, expires) = (keys[keys.count - 1], start.advanced(byMilliseconds: 86_400_000))
    let change = try Motion(
      height: 3, expires: expires,
      changes: [
        .removed(keys[1].name),
        .added(.init(name: next.name, vote: next.vote.publicKey, cosign: next.cosign.publicKey)),
      ])
    let later = try Motion(height: 500_000, expires: expires, changes: [.parameters(.init(stateInterval: 64))])
    return try [(0, change), (2, change), (3, change), (keys.count - 1, later)].map { place, motion in
      let isProposer = place == 0 || motion == later
      let event: GovernanceEvent = isProposer ? .proposed(motion) : .approved(motion.name)
      // Far enough from those that validators give to what they say by themselves.
      return [try line(1000, [String(decoding: event.bytes, as: UTF8.self)], by: keys[place].vote)]
    }
  }

  /// A market from its opening to its clearing.
  private static var market: [[String]] {
    [
      [
        #"{"type":"lem.opened","lem":"lem","currency":"EUR","zone":"UTC0","k":"1/2","margin":"pro-rata","lead":0}"#,
        #"{"type":"participant.joined","participant":"a"}"#, #"{"type":"participant.joined","participant":"b"}"#,
        #"{"type":"account.opened","lem":"lem","party":"a"}"#, #"{"type":"account.opened","lem":"lem","party":"b"}"#,
      ],
      [#"{"type":"tariff.published","lem":"lem","first":\#(slot),"retail":[300000],"feedIn":[80000]}"#],
      [order("a", "ask", 100_000), order("b", "bid", 200_000)],
      [#"{"type":"gate.closed","lem":"lem","first":\#(slot),"count":1}"#],
      [cleared(price: 150_000)],
    ]
  }

  private static func order(_ party: String, _ side: String, _ price: Int) -> String {
    #"{"type":"order.placed","lem":"lem","party":"\#(party)","order":"\#(party)1","side":"\#(side)","first":\#(slot),"#
      + #""price":[\#(price)],"energy":[1000]}"#
  }

  private static func cleared(price: Int) -> String {
    let hash = SHA256.hash(Array("lem\n\(slot) \(price)\n".utf8)).hex
    return
      #"{"type":"market.cleared","lem":"lem","first":\#(slot),"volume":[1000],"price":[\#(price)],"priceHash":"\#(hash)"}"#
  }
}
