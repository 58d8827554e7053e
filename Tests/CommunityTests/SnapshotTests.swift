import Community
import Encoding
import Log
import Quantities
import Testing
import Village

/// A village in the middle of everything: orders standing, gated, traded, metered, settled, rewarded, a key revoked.
private func busy() throws -> Village {
  let slot = Village.midnight
  var village = try Village.trading(slots: 6)
  try village.say("operator", Say.meter("roof", [("anna", 1), ("bert", 999_999)]))
  try village.say("operator", #"{"type":"consortium.formed","consortium":"c","members":["anna"],"devices":["roof"]}"#)
  try village.say("operator", Say.forecast(slot, [9_000, 9_100]))
  try village.say(
    "anna", Say.order("anna", "b", "bid", slot, Array(repeating: 20_000, count: 6), [7_000, 20, 0, 40, 50, 60]))
  try village.say(
    "carl", Say.order("carl", "s", "ask", slot, Array(repeating: 10_000, count: 6), [6_000, 22, 33, 44, 55, 66]))
  try village.say("operator", Say.account("bert", "closed"))
  try village.clear(slot, 4)
  try village.say("carl", Say.order("carl", "s2", "ask", slot + 1, [11_000], [5]))
  try village.say("operator", Say.gate(slot + 4))
  try village.wait(untilEndOf: slot + 1)
  try village.say("gateway", Say.reading("carl.m", slot, imported: [0, 1], exported: [6_000, 2]))
  try village.say("gateway", Say.reading("roof", slot, imported: [0], exported: [6_001]))
  try village.say("operator", try village.settlement(slot))
  try village.say("operator", Say.rewarded([("carl", 6_000)]))
  try village.say("validator", #"{"type":"key.revoked","kid":"\#(Village.key("dora").publicKey.id)"}"#)
  return village
}

@Suite("A snapshot") struct SnapshotTests {
  @Test func `reads back as the state that it is`() throws {
    let village = try busy()
    let copy = try Community(snapshot: village.state.bytes, genesis: Village.genesis())
    #expect(StateSnapshot(copy).bytes == village.state.bytes)
    #expect(StateSnapshot(copy).digest == village.digest)
    #expect(copy.isBalanced)
  }

  @Test func `of an untouched community holds its keys alone`() throws {
    let village = try Village()
    #expect(village.state.parts.map(\.name) == ["keys"])
    let copy = try Community(snapshot: village.state.bytes, genesis: Village.genesis())
    #expect(StateSnapshot(copy).digest == village.digest)
  }

  @Test func `goes on as the state that it is`() throws {
    var (village, slot) = (try busy(), Village.midnight)
    var copy = try Community(snapshot: village.state.bytes, genesis: Village.genesis())
    let index = village.index
    for (offset, events) in [
      [Say.gate(slot + 1)], [Say.account("bert")], [Say.account("carl", "closed")], [Say.gate(slot + 5)],
    ].enumerated() {
      let facts = try EntryFacts(line: village.line("operator", events))
      try copy.apply(facts, at: index + offset, time: village.time)
      try village.say("operator", events)
    }
    #expect(StateSnapshot(copy).bytes == village.state.bytes)
  }

  @Test func `has the digest that it always had`() throws {
    // A stored vector: another digest means that old logs no longer replay. Formats change by a new form, never by an edit.
    let digest = try busy().digest.hex
    #expect(digest == "7f65be874f241dbe5bfdace908838bba855d159467c715bef464fbe614e4a6f2")
  }

  @Test func `is the same for the same log, whoever follows it`() throws {
    let (one, two) = (try busy(), try busy())
    #expect(one.state.bytes == two.state.bytes)
  }

  @Test func `is refused where it is not one`() throws {
    let village = try busy()
    let text = String(decoding: village.state.bytes, as: UTF8.self)
    let genesis = try Village.genesis()
    for (old, new) in [
      (#""keys":{"#, #""kees":{"#), (#""M9":{"#, #""M10":{"#), (#""member":2"#, #""member":3"#),
      (#""phase":"gated""#, #""phase":"shut""#),
      (#""sold":6000"#, #""sold":"6000""#), (#""asset":"money""#, #""asset":"gold""#),
      (#""side":"bid""#, #""side":"buy""#),
    ] {
      #expect(text.contains(old))
      let damaged = Array(text.replacing(old, with: new).utf8)
      #expect(throws: JSONError.self, "\(new)") { try Community(snapshot: damaged, genesis: genesis) }
    }
    for length in stride(from: 0, to: text.utf8.count, by: 97) {
      #expect(throws: JSONError.self) {
        try Community(snapshot: Array(village.state.bytes.prefix(length)), genesis: genesis)
      }
    }
  }
}

@Suite("A ledger") struct LedgerTests {
  private func follow(_ leaves: [[UInt8]], _ genesis: Genesis) throws -> Ledger {
    var ledger = Ledger(genesis)
    var blocks = LogBlocks()
    for leaf in leaves.dropFirst() {
      if let block = try blocks.append(leaf) { try ledger.follow(block) }
    }
    return ledger
  }

  @Test(arguments: [1, 2, 3, 14, 15, 16, 17, 40, 70])
  func `is the same for who makes it and who follows it`(participants: Int) throws {
    let log = try VillageLog(participants: participants)
    let ledger = try follow(log.leaves, log.genesis)
    #expect(ledger.tiles.root == log.ledger.tiles.root)
    #expect(ledger.height == log.ledger.height && ledger.size == log.ledger.size && ledger.state == log.ledger.state)
    #expect(StateSnapshot(ledger.community).digest == StateSnapshot(log.ledger.community).digest)
  }

  @Test func `refuses an entry that is missing, doubled, moved or of another block`() throws {
    let log = try VillageLog(participants: 40)
    let leaves = log.leaves
    for position in 1..<leaves.count - 1 {
      var (missing, doubled, moved) = (leaves, leaves, leaves)
      missing.remove(at: position)
      doubled.insert(leaves[position], at: position)
      moved.swapAt(position, position + 1)
      for damaged in [missing, doubled, moved] {
        // What no line says anything of yet, the last block's entries, the tree does.
        let followed = try? follow(damaged, log.genesis)
        #expect(followed?.tiles.root != log.ledger.tiles.root, "at \(position)")
      }
    }
  }

  @Test func `refuses a block whose state it does not come to`() throws {
    let log = try VillageLog(participants: 40)
    var blocks = LogBlocks()
    var ledger = Ledger(log.genesis)
    for leaf in log.leaves.dropFirst() {
      guard let block = try blocks.append(leaf) else { continue }
      guard block.block.state.height > 0 else {
        try ledger.follow(block)
        continue
      }
      let wrong = BlockLine(
        chain: block.block.chain, height: block.block.height, time: block.block.time, previous: block.block.previous,
        first: block.block.first, validators: block.block.validators,
        state: .init(height: block.block.state.height, digest: block.block.previous))
      var again = LogBlocks(from: block.first)
      for entry in block.entries { _ = try again.append(entry.bytes) }
      let forged = try #require(try again.append(wrong.signed(by: Village.key("validator")).bytes))
      let error = #expect(throws: ReplayError.self) { try ledger.follow(forged) }
      #expect(error?.code == "state_differs")
      return
    }
    Issue.record("no block carries a digest")
  }
}
