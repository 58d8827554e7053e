import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("Governance")
struct GovernanceTests {
  @Test(arguments: 1...7)
  func `decides with more than two thirds, whoever they are`(count: Int) throws {
    let change = Change.granted(try Council.grant("new"))
    for subset in 1..<(1 << count) {
      var council = try Council(count)
      let quorum = council.governance.validators.quorum
      #expect(3 * quorum > 2 * count && 3 * (quorum - 1) <= 2 * count)
      let motion = try council.motion(change)
      let members = (0..<count).filter { subset >> $0 & 1 == 1 }
      for (place, member) in members.enumerated() {
        let event: GovernanceEvent = place == 0 ? .proposed(motion) : .approved(motion.name)
        if place < quorum {
          try council.say("v\(member)", event)
        } else {
          expectRefusal(.motionUnknown) { try council.say("v\(member)", event) }
        }
        #expect(council.governance.scheduled.count == (place + 1 >= quorum ? 1 : 0))
      }
      council.endBlock()
      let isGranted = council.governance.keys.holder(try Council.id("new")) != nil
      #expect(isGranted == (members.count >= quorum), "\(members) of \(count)")
    }
  }

  @Test(arguments: 2...7)
  func `takes no validator's word alone, and counts it once`(count: Int) throws {
    var council = try Council(count, keys: 1)
    expectRefusal(.quorumNeeded) { try council.say("v0", .granted(Council.grant("new"))) }
    expectRefusal(.quorumNeeded) { try council.say("v0", .revoked(Council.id("k0"))) }
    let motion = try council.motion(.granted(Council.grant("new")))
    try council.say("v0", .proposed(motion))
    expectRefusal(.approvalExists) { try council.say("v0", .approved(motion.name)) }
    expectRefusal(.motionExists) { try council.say("v1", .proposed(motion)) }
    expectRefusal(.authority) { try council.say("k0", .approved(motion.name)) }
    expectRefusal(.authority) { try council.say("k0", .proposed(motion)) }
    expectRefusal(.authority) { try council.say("v1", .withdrawn(motion.name)) }
    #expect(council.governance.scheduled.isEmpty && council.governance.open[0].approvals.count == 1)
    try council.say("v0", .withdrawn(motion.name))
    expectRefusal(.motionUnknown) { try council.say("v1", .approved(motion.name)) }
  }

  @Test func `changes validators at the beginning of a block and nowhere else`() throws {
    var council = try Council(4)
    try council.decide(council.motion(.added(Council.validator("v4")), .removed("v1"), after: 3))
    let before = council.governance.validators
    for _ in 1...2 {
      council.endBlock()
      #expect(council.governance.validators == before)
      expectRefusal(.authority) { try council.say("v4", .approved(Digest([UInt8](repeating: 0, count: 32))!)) }
    }
    council.endBlock()
    #expect(council.names == ["v0", "v2", "v3", "v4"])
    let terms = council.governance.terms
    for height in 1...9 { #expect(terms.validators(at: height) == (height < 4 ? before : terms.present)) }
    let first = terms.terms[1].first
    #expect(first == council.index && terms.validators(ofTree: first) == before)
    #expect(terms.validators(ofTree: first + 1) == terms.present)
    let keys = council.governance.keys
    #expect(keys.holder(try Council.id("v1"))?.until == first)
    #expect(keys.holder(try Council.id("v4"))?.from == first)
  }

  @Test func `lets a late approval take effect at the next height`() throws {
    var council = try Council(4)
    let motion = try council.motion(.removed("v3"), after: 1)
    for member in 0..<3 {
      try council.say("v\(member)", member == 0 ? .proposed(motion) : .approved(motion.name))
      if member < 2 { council.endBlock() }
    }
    #expect(council.governance.height == 3 && council.governance.scheduled[0].height == 4)
    council.endBlock()
    #expect(council.names == ["v0", "v1", "v2"])
  }

  @Test func `forgets motions that expire, and approvals of those who left`() throws {
    var council = try Council(7)
    let motion = try council.motion(.granted(Council.grant("new")), after: 50)
    for member in [6, 5, 4, 3] {
      try council.say("v\(member)", member == 6 ? .proposed(motion) : .approved(motion.name))
    }
    try council.decide(council.motion(.removed("v5"), .removed("v4")))
    council.endBlock()
    // Two of five are left of four of seven.
    #expect(council.governance.open[0].approvals == [try Council.id("v6"), try Council.id("v3")])
    expectRefusal(.authority) { try council.say("v5", .approved(motion.name)) }
    try council.say("v0", .approved(motion.name))
    #expect(council.governance.scheduled.isEmpty)
    try council.decide(council.motion(.removed("v6")))
    council.endBlock()
    // Who proposed it is gone.
    expectRefusal(.motionUnknown) { try council.say("v1", .approved(motion.name)) }
    let late = try council.motion(.granted(Council.grant("new")))
    try council.say("v0", .proposed(late))
    council.endBlock(after: 86_400)
    expectRefusal(.motionUnknown) { try council.say("v1", .approved(late.name)) }
  }

  @Test func `bounds what waits`() throws {
    var council = try Council(4)
    for number in 0..<Governance.maximumMotions {
      try council.say("v0", .proposed(council.motion(.granted(Council.grant("n\(number)")))))
    }
    expectRefusal(.motionsFull) { try council.say("v0", .proposed(council.motion(.removed("v3")))) }
    try council.say("v1", .proposed(council.motion(.removed("v3"))))
    let day = 86_400_000
    for (height, wait) in [(0, day), (Motion.furthestHeight + 2, day), (2, 0), (2, 366 * day + 1)] {
      let motion = try Motion(
        height: height, expires: Council.start.advanced(byMilliseconds: wait), changes: [.removed("v2")])
      expectRefusal(.governance) { try council.say("v2", .proposed(motion)) }
    }
    expectRefusal(.governance) { try Motion(height: 2, expires: Council.start, changes: []) }
    let many = [Change](repeating: .removed("v0"), count: 17)
    expectRefusal(.governance) { try Motion(height: 2, expires: Council.start, changes: many) }
  }

  @Test func `refuses what cannot be carried out, and what two motions cannot both do`() throws {
    var council = try Council(4, keys: 2)
    let cosigner = try Grant(key: Council.secret("v9").publicKey, roles: [RoleID("operator")])
    let wrong: [[Change]] = [
      [.removed("v9")], [.removed("v0"), .removed("v1"), .removed("v2"), .removed("v3")],
      [.added(try Council.validator("v0", "b"))], [.revoked(try Council.id("v1"))], [.revoked(try Council.id("k9"))],
      [.granted(try Council.grant("k0"))], [.removed("v1"), .removed("v1")],
      [.added(try ValidatorSet.Validator(name: "v9", vote: Council.secret("k0").publicKey, cosign: cosigner.key))],
      [.added(try ValidatorSet.Validator(name: "v9", vote: cosigner.key, cosign: Council.secret("k0").publicKey))],
    ]
    for changes in wrong {
      let motion = try Motion(
        height: 5, expires: Council.start.advanced(byMilliseconds: 1000), changes: changes)
      expectRefusal(.governance, "\(changes)") { try council.say("v0", .proposed(motion)) }
    }
    let (one, other) = (try council.motion(.removed("v3"), after: 5), try council.motion(.removed("v3"), after: 9))
    try council.say("v0", .proposed(other))
    try council.decide(one)
    try council.say("v1", .approved(other.name))
    expectRefusal(.governance) { try council.say("v2", .approved(other.name)) }
    // What is earlier must leave possible what is decided for later.
    expectRefusal(.governance) { try council.say("v2", .proposed(council.motion(.removed("v3"), after: 2))) }
  }

  @Test func `keeps what is decided for later possible where one decides alone`() throws {
    var council = try Council(1, keys: 2)
    try council.decide(council.motion(.granted(Council.grant("new")), .revoked(Council.id("k0")), after: 5))
    expectRefusal(.governance) { try council.say("v0", .granted(Council.grant("new"))) }
    expectRefusal(.governance) { try council.say("v0", .revoked(Council.id("k0"))) }
    try council.say("v0", .revoked(Council.id("k1")))
  }

  @Test func `grows from one validator to four and shrinks again`() throws {
    var council = try Council(1)
    try council.decide(council.motion(.added(Council.validator("v1")), .added(Council.validator("v2"))))
    council.endBlock()
    #expect(council.names == ["v0", "v1", "v2"] && council.governance.validators.quorum == 3)
    try council.decide(council.motion(.added(Council.validator("v3"))))
    council.endBlock()
    try council.decide(council.motion(.removed("v0"), .removed("v1"), .removed("v2")))
    council.endBlock()
    #expect(council.names == ["v3"])
    try council.say("v3", .granted(Council.grant("new")))
  }

  @Test func `changes what all compute with`() throws {
    var council = try Council(4)
    try council.decide(council.motion(.parameters(.init(stateInterval: 64))))
    #expect(council.governance.parameters.stateInterval == 16)
    council.endBlock()
    #expect(council.governance.parameters.stateInterval == 64)
  }

  @Test(arguments: ["v2", "v2 root"])
  func `replaces a validator's keys at its own word, from a voting key or the root`(author: String) throws {
    var council = try Council(4, hasRoots: true)
    let motion = try council.motion(.replaced(Council.validator("v2", "b")))
    for stranger in ["v1", "v1 root", "v3"] {
      expectRefusal(.authority) { try council.say(stranger, .proposed(motion)) }
    }
    expectRefusal(.authority) { try council.say("v2 root", .proposed(council.motion(.removed("v1")))) }
    try council.say(author, .proposed(motion))
    expectRefusal(.authority) { try council.say("v2 root", .approved(motion.name)) }
    for member in ["v0", "v1"] { try council.say(member, .approved(motion.name)) }
    // The root key is no vote.
    #expect(council.governance.scheduled.isEmpty == (author == "v2 root"))
    if author == "v2 root" { try council.say("v3", .approved(motion.name)) }
    council.endBlock()
    #expect(council.names == ["v0", "v1", "v2", "v3"])
    let keys = council.governance.keys
    #expect(keys.holder(try Council.id("v2"))?.until == council.index)
    #expect(keys.holder(try Council.id("v2b"))?.from == council.index)
    #expect(council.governance.validators.validators[2].root == (try Council.secret("v2 root").publicKey))
    try council.say("v2b", .proposed(council.motion(.removed("v0"))))
  }

  @Test func `writes itself the same after being read`() throws {
    var council = try Council(4, keys: 1, hasRoots: true)
    #expect(council.governance.state(in: council.genesis) == nil)
    try council.decide(council.motion(.removed("v3"), .parameters(.init(stateInterval: 32))))
    council.endBlock()
    try council.decide(
      council.motion(.added(Council.validator("v5", hasRoot: true)), .revoked(Council.id("k0")), after: 7))
    try council.say("v0 root", .proposed(council.motion(.replaced(Council.validator("v0", "b")))))
    try council.say("v1", .proposed(council.motion(.granted(Council.grant("new")))))
    try council.say("v0", .accused(Self.evidence("v3")))
    let state = try #require(council.governance.state(in: council.genesis))
    let keys = JSONWriter.bytes { council.governance.keys.write(to: &$0) }
    var read = try Governance(
      JSONDocument(state).root, keys: JSONDocument(keys).root, genesis: council.genesis)
    read.resume(after: council.governance.height - 1, at: council.governance.time)
    #expect(read.state(in: council.genesis) == state)
    for block in 0..<8 {
      for size in [council.index + block] {
        read.endBlock(size: size, time: council.governance.time)
        council.governance.endBlock(size: size, time: council.governance.time)
      }
      #expect(read.state(in: council.genesis) == council.governance.state(in: council.genesis))
      #expect(read.validators.digest == council.governance.validators.digest)
    }
    #expect(read.terms.terms.count == 3)
  }

  static func evidence(_ name: String, chain: String = "council.example/log", height: Int = 3) throws -> Evidence {
    let lines = try [nil, SHA256.hash([1])].map { root in
      try SignedVote(
        Vote(chain: chain, height: height, round: 0, step: .prevote, root: root), by: Council.secret(name)
      ).line
    }
    return try Evidence(lines[0], lines[1])
  }

  @Test func `takes evidence from anybody, of validators alone, once`() throws {
    var council = try Council(4, keys: 1)
    expectRefusal(.evidence) { try council.say("k0", .accused(Self.evidence("k0"))) }
    expectRefusal(.wrongChain) { try council.say("k0", .accused(Self.evidence("v1", chain: "other.example/log"))) }
    let right = try Self.evidence("v1")
    let forged = try Evidence(
      right.lines[0],
      SignedLine(
        .vote, payload: right.lines[1].payload, author: right.author, signature: .init(repeating: 1, count: 64)))
    expectRefusal(.signature) { try council.say("k0", .accused(forged)) }
    try council.say("k0", .accused(right))
    expectRefusal(.evidenceKnown) { try council.say("k0", .accused(Self.evidence("v1", height: 4))) }
    #expect(council.governance.guilty.map(\.key) == [try Council.id("v1")])
    try council.decide(council.motion(.removed("v2")))
    council.endBlock()
    try council.say("v0", .accused(Self.evidence("v2")))
    #expect(council.governance.guilty.map(\.index) == [1, 6])
  }

  @Test func `is written and read alike`() throws {
    let council = try Council(4, hasRoots: true)
    let motion = try council.motion(
      .granted(Council.grant("a")), .revoked(Council.id("b")), .added(Council.validator("v\"9", hasRoot: true)),
      .removed("v\u{E9}1"), .replaced(Council.validator("v2", "b")), .parameters(.init(stateInterval: 64)))
    let events: [GovernanceEvent] = [
      .proposed(motion), .approved(motion.name), .withdrawn(motion.name), try Self.evidence("v1").event,
    ]
    for event in events {
      #expect(try GovernanceEvent(JSONDocument(event.bytes).root) == event)
      #expect(GovernanceEvent.types.contains(event.type))
    }
    #expect(motion.name == SHA256.hash(motion.bytes))
  }

  @Test(arguments: [
    #"{"type":"motion.proposed","expires":1,"height":2,"changes":[{"type":"validator.removed","name":"a"}]}"#,
    #"{"type":"motion.proposed","height":2,"expires":1,"changes":[{"name":"a","type":"validator.removed"}]}"#,
    #"{"type":"motion.proposed","height":2,"expires":1,"changes":[]}"#,
    #"{"type":"motion.proposed","height":2,"expires":1,"changes":[{"type":"validator.crowned","name":"a"}]}"#,
    #"{"type":"motion.approved","motion":"a"}"#, #"{"type":"motion.approved"}"#, #"{"type":"motion.carried"}"#,
    #"{"type":"validator.removed","name":"a"}"#,
  ])
  func `reads no other event`(_ text: String) {
    expectRefusal(.governance, "\(text)") { try GovernanceEvent(JSONDocument(Array(text.utf8)).root) }
  }

  @Test(arguments: [#"[]"#, #"["a.b.c"]"#, #"["","",""]"#])
  func `reads no evidence that is not two lines`(_ lines: String) {
    let text = #"{"type":"validator.accused","lines":\#(lines)}"#
    expectRefusal(.evidence, "\(text)") { try GovernanceEvent(JSONDocument(Array(text.utf8)).root) }
  }
}
