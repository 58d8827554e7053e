import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("The key ring")
struct KeyRingTests {
  let genesis: Genesis
  let vote: KeyID
  let `operator`: KeyID
  let party: PublicKey

  init() throws {
    genesis = try Vectors.genesis()
    vote = try Vectors.key("vote").id
    `operator` = try Vectors.key("operator").id
    party = try Vectors.key("party").publicKey
  }

  private func grant() throws -> GovernanceEvent {
    .granted(try Grant(key: party, roles: [RoleID("party")], party: PartyID("h01")))
  }

  @Test func `begins with the genesis' keys, valid from the first entry on`() throws {
    let ring = KeyRing(genesis)
    expectRefusal(.keyWindow) { try ring.valid(`operator`, at: 0) }
    for index in [1, 2, .max - 1] { #expect(try ring.valid(`operator`, at: index).grant.key.id == `operator`) }
    expectRefusal(.unknownKey) { try ring.valid(party.id, at: 1) }
  }

  @Test func `lets a key speak from the index behind its grant to the one of its revocation`() throws {
    var log = Governance(genesis)
    try log.apply(grant(), by: vote, at: 10)
    try log.apply(.revoked(party.id), by: vote, at: 20)
    for index in 0..<30 {
      if (11...20).contains(index) {
        #expect(throws: Never.self, "index \(index)") { try log.keys.valid(party.id, at: index) }
      } else {
        expectRefusal(.keyWindow, "index \(index)") { try log.keys.valid(party.id, at: index) }
      }
    }
  }

  @Test func `is governed by validators alone`() throws {
    var ring = Governance(genesis)
    let event = try grant()
    expectRefusal(.authority) { try ring.apply(event, by: `operator`, at: 5) }
    expectRefusal(.authority) { try ring.apply(.revoked(`operator`), by: `operator`, at: 5) }
    #expect(ring.keys.holder(party.id) == nil)
  }

  @Test func `grants no key twice and revokes none that is not valid`() throws {
    var ring = Governance(genesis)
    let event = try grant()
    expectRefusal(.governance) { try ring.apply(.revoked(party.id), by: vote, at: 5) }
    try ring.apply(event, by: vote, at: 5)
    expectRefusal(.governance) { try ring.apply(event, by: vote, at: 6) }
    try ring.apply(.revoked(party.id), by: vote, at: 7)
    expectRefusal(.governance) { try ring.apply(.revoked(party.id), by: vote, at: 8) }
    expectRefusal(.governance) { try ring.apply(event, by: vote, at: 9) }
    expectRefusal(.governance) { try ring.apply(.revoked(vote), by: vote, at: 10) }
  }

  @Test func `writes itself the same after being read`() throws {
    var log = Governance(genesis)
    try log.apply(grant(), by: vote, at: 5)
    try log.apply(.revoked(`operator`), by: vote, at: 7)
    log.count(vote, sequence: 2)
    #expect(log.state(in: genesis) == nil)
    let bytes = JSONWriter.bytes { log.keys.write(to: &$0) }
    let read = try KeyRing(JSONDocument(bytes).root, genesis: genesis)
    #expect(JSONWriter.bytes { read.write(to: &$0) } == bytes)
    #expect(read.holder(vote)?.sequence == 2 && read.holder(`operator`)?.until == 8)
  }

  @Test func `refuses a snapshot that names a key twice`() throws {
    let bytes = JSONWriter.bytes { KeyRing(genesis).write(to: &$0) }
    let text = String(decoding: bytes, as: UTF8.self)
    let entry = text.dropFirst(#"{"keys":["#.count).dropLast(2)
    let doubled = #"{"keys":[\#(entry),\#(entry)]}"#
    #expect(throws: JSONError.self) { try KeyRing(JSONDocument(Array(doubled.utf8)).root, genesis: genesis) }
  }

  @Test(arguments: [
    #"{"type":"key.granted"}"#, #"{"type":"key.granted","x":"","roles":["party"]}"#,
    #"{"type":"key.granted","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","roles":["party"]}"#,
    #"{"type":"key.granted","x":"ypOsFwUYcHHWe4PH_w7-gQjo7EUwV113JoeTM9vavnw","roles":[]}"#,
    #"{"type":"key.granted","x":"ypOsFwUYcHHWe4PH_w7-gQjo7EUwV113JoeTM9vavnw","roles":["a","a"]}"#,
    #"{"type":"key.granted","x":"ypOsFwUYcHHWe4PH_w7-gQjo7EUwV113JoeTM9vavnw","roles":["a"],"more":1}"#,
    #"{"type":"key.revoked"}"#, #"{"type":"key.revoked","kid":"x"}"#, #"{"type":1}"#, #"{}"#, #"[]"#,
    #"{"type":"key.revoked","kid":"UDDReOZl1ipXAfp9wYsm13sDBMK5og--QWdBjzuf6o4","why":1}"#,
  ])
  func `reads no other governance`(_ text: String) throws {
    let value = try JSONDocument(Array(text.utf8)).root
    expectRefusal(.governance, "\(text)") { try GovernanceEvent(value) }
  }

  @Test func `writes and reads governance alike, and leaves modules' events alone`() throws {
    for event in [try grant(), .revoked(vote)] {
      #expect(try GovernanceEvent(JSONDocument(event.bytes).root) == event)
    }
    #expect(try GovernanceEvent(JSONDocument(Array(#"{"type":"order.placed"}"#.utf8)).root) == nil)
  }
}
