import Community
import Cryptography
import Encoding
import Kernel
import Log
import Quantities
import Testing
import Village

@Suite("An entry of many events") struct EntryTests {
  private static let joins = (0..<6).map { #"{"type":"participant.joined","participant":"p\#($0)"}"# }

  @Test(arguments: 0..<6)
  func `happens whole or not at all, whichever event is refused`(position: Int) throws {
    let village = try Village.trading()
    for wrong in [
      #"{"type":"device.removed","device":"none"}"#,  // a rule
      #"{"type":"moon.landed"}"#,  // nobody's
      #"{"type":"device.removed"}"#,  // not of its type
      #"{"type":"key.revoked","kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,  // not the operator's to say
    ] {
      var events = Self.joins
      events[position] = wrong
      #expect(try village.refusal("operator", events) != nil, "accepted, or left a trace: \(wrong)")
    }
    #expect(try village.refusal("operator", Self.joins) == nil)
  }

  @Test func `sees what its earlier events did`() throws {
    var village = try Village.trading()
    try village.say(
      "operator", Self.joins[0], Say.meter("m", [("p0", 1_000_000)]), Say.account("p0"), Say.account("p0", "closed"),
      Say.account("p0"), #"{"type":"device.removed","device":"m"}"#)
    #expect(try village.market.member(PartyID("p0"))?.isOpen == true)
  }

  @Test func `rolls back grants and orders with the rest`() throws {
    var village = try Village.trading()
    try village.say("gateway", Say.order("bert", "b", "bid", Village.midnight, [9_000], [1]))
    let x = try Village.key("new").publicKey.base64url
    let grant = #"{"type":"key.granted","x":"\#(x)","roles":["gateway"]}"#
    #expect(try village.refusal("validator", grant, grant)?.code == "governance_refused")
    let order = Say.order("anna", "o", "bid", Village.midnight, [9_000], [1])
    #expect(try village.refusal("gateway", order, Say.cancelled("bert", "b"), order)?.code == "order_exists")
  }
}

@Suite("An author") struct AuthorTests {
  @Test func `counts upwards, with gaps`() throws {
    let village = try Village()
    var community = village.community
    func say(_ sequence: Int) throws -> String? {
      let line = try Village.line(
        "operator", sequence: sequence, [#"{"type":"participant.joined","participant":"p\#(sequence)"}"#])
      do {
        try community.apply(EntryFacts(line: line), at: 1, time: village.time)
        return nil
      } catch {
        #expect(error.status == .conflict)
        return error.code
      }
    }
    #expect(try say(3) == nil)
    #expect(try say(3) == "sequence_used")
    #expect(try say(2) == "sequence_used")
    #expect(try say(9_007_199_254_740_991) == nil)
    #expect(try say(4) == "sequence_used")
  }

  @Test func `speaks from the index after its grant until its revocation`() throws {
    var village = try Village.trading(slots: 1)
    let key = try Village.key("new")
    func line(_ sequence: Int) throws -> EntryFacts {
      let event = #"{"type":"participant.joined","participant":"p\#(sequence)"}"#
      return try EntryFacts(
        line: EntryDraft(
          chain: Village.origin, id: EntryID("e"), sequence: sequence, at: Instant(milliseconds: 0),
          events: [Array(event.utf8)]
        ).signed(by: key))
    }
    func code(_ facts: EntryFacts, at index: Int) -> String? {
      var community = village.community
      do {
        try community.apply(facts, at: index, time: village.time)
        return nil
      } catch { return error.code }
    }
    let first = try line(1)
    #expect(code(first, at: village.index) == "key_unknown")
    let granted = village.index
    try village.say("validator", #"{"type":"key.granted","x":"\#(key.publicKey.base64url)","roles":["operator"]}"#)
    #expect(code(first, at: granted) == "key_not_valid_here")
    #expect(code(first, at: granted + 1) == nil)
    let revoked = village.index
    try village.say("validator", #"{"type":"key.revoked","kid":"\#(key.id)"}"#)
    #expect(code(first, at: revoked) == nil)
    #expect(code(first, at: revoked + 1) == "key_not_valid_here")
  }

  @Test(arguments: [
    ("operator", #"{"type":"key.granted","x":"X","roles":["gateway"]}"#, "not_authorised"),
    ("validator", #"{"type":"key.granted","x":"X","roles":[]}"#, "governance_refused"),
    ("validator", #"{"type":"key.granted","x":"X","roles":["gateway","gateway"]}"#, "governance_refused"),
    ("validator", #"{"type":"key.granted","x":"X","roles":["gateway"],"until":7}"#, "governance_refused"),
    (
      "validator", #"{"type":"key.granted","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","roles":["gateway"]}"#,
      "governance_refused"
    ),
    ("validator", #"{"type":"key.granted","x":"OPERATOR","roles":["gateway"]}"#, "governance_refused"),
    ("validator", #"{"type":"key.revoked","kid":"short"}"#, "governance_refused"),
    ("validator", #"{"type":"key.revoked","kid":"VALIDATOR"}"#, "governance_refused"),
    ("validator", #"{"type":"key.revoked","kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#, "governance_refused"),
    ("validator", #"{"type":"key.granted/2","x":"X","roles":["gateway"]}"#, "event_unknown"),
  ])
  func `governs keys only as a validator and by the rules`(author: String, event: String, code: String) throws {
    let event = event.replacing("\"X\"", with: "\"\(try Village.key("x").publicKey.base64url)\"")
      .replacing("OPERATOR", with: try Village.key("operator").publicKey.base64url)
      .replacing("VALIDATOR", with: try Village.key("validator").publicKey.id.description)
    #expect(try Village().refusal(author, event)?.code == code)
  }

  @Test func `signs for one log`() throws {
    let village = try Village()
    var community = village.community
    let line = try Village.line(
      "operator", sequence: 1, [#"{"type":"participant.joined","participant":"p"}"#], chain: "test.example/other")
    #expect(throws: Refusal.self) { try community.apply(EntryFacts(line: line), at: 1, time: village.time) }
    #expect(StateSnapshot(community).digest == village.digest)
  }
}
