import Kernel
import Quantities
import Testing
import Transactive
import Village

private let slot = Village.midnight

@Suite("A reading") struct ReadingTests {
  private func village() throws -> Village {
    var village = try Village.trading(slots: 3)
    try village.say("operator", Say.meter("pv", [("anna", 1_000_000)], kind: "pv"))
    try village.say("operator", #"{"type":"participant.joined","participant":"dora"}"#)
    try village.say("operator", Say.meter("dora.m", [("anna", 1), ("dora", 999_999)]))
    try village.wait(untilEndOf: slot + 1)
    try village.say("gateway", Say.reading("anna.m", slot, imported: [5], exported: [7]))
    return village
  }

  @Test(arguments: [
    ("gateway", Say.reading("x", slot, imported: [1], exported: [0]), "device_unknown", 404),
    ("gateway", Say.reading("pv", slot, imported: [1], exported: [0]), "device_not_meter", 422),
    ("gateway", Say.reading("dora.m", slot, imported: [1], exported: [0]), "prosumer_unknown", 404),
    ("gateway", Say.reading("anna.m", slot, imported: [1], exported: [0]), "reading_exists", 409),
    ("gateway", Say.reading("anna.m", slot + 2, imported: [1], exported: [0]), "reading_early", 422),
    ("gateway", Say.reading("anna.m", slot + 1, imported: [1, 1], exported: [0, 0]), "reading_early", 422),
    ("gateway", Say.reading("anna.m", slot - 1, imported: [1], exported: [0]), "tariff_unknown", 404),
    ("gateway", Say.reading("anna.m", slot + 1, imported: [1], exported: []), "json_value", 400),
    ("gateway", Say.reading("anna.m", slot + 1, imported: [-1], exported: [0]), "json_value", 400),
    ("gateway", Say.reading("anna.m", slot + 1, imported: [100_000_001], exported: [0]), "json_value", 400),
    ("gateway", Say.reading("anna.m", slot + 1, imported: [1], exported: [0], lem: "x"), "lem_unknown", 404),
    ("operator", Say.reading("anna.m", slot + 1, imported: [1], exported: [0]), "not_authorised", 403),
    ("anna", Say.reading("anna.m", slot + 1, imported: [1], exported: [0]), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    let refusal = try #require(try village().refusal(author, event), "it is accepted, or leaves a trace")
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `is refused once its slot is settled`() throws {
    var village = try village()
    try village.say("operator", try village.settlement(slot))
    #expect(
      try village.refusal("gateway", Say.reading("bert.m", slot, imported: [1], exported: [0]))?.code == "slot_settled")
  }

  @Test func `counts from the end of its slot on`() throws {
    var village = try Village.trading()
    let reading = Say.reading("anna.m", slot, imported: [1], exported: [0])
    village.time = try Slot(slot).end.advanced(byMilliseconds: -1)
    #expect(try village.refusal("gateway", reading)?.code == "reading_early")
    village.time = try Slot(slot).end
    #expect(try village.refusal("gateway", reading) == nil)
  }

  @Test func `is divided among the owners without losing a watt-hour`() throws {
    var village = try Village.trading()
    let owners = [("anna", 333_333), ("bert", 333_333), ("carl", 333_334)]
    try village.say("operator", Say.meter("roof", owners))
    try village.wait(untilEndOf: slot)
    try village.say("gateway", Say.reading("roof", slot, imported: [2], exported: [100]))
    // 100 is 33.3333, 33.3333 and 33.3334; 2 is 0.666666 twice and 0.666668.
    #expect(
      village.part("M9").contains(
        #""metered":[{"member":0,"energy":32},{"member":1,"energy":33},{"member":2,"energy":33}]"#))
  }

  @Test func `is bounded over all meters of a slot, so that what is measured can be paid`() throws {
    var village = try Village.trading()
    try village.wait(untilEndOf: slot)
    for number in 0..<6 {
      try village.say("operator", Say.meter("m\(number)", [("anna", 1_000_000)]))
    }
    for number in 0..<5 {
      try village.say("gateway", Say.reading("m\(number)", slot, imported: [100_000_000], exported: [100_000_000]))
    }
    let more = Say.reading("m5", slot, imported: [1], exported: [0])
    #expect(try village.refusal("gateway", more)?.code == "reading_too_large")
    try village.say("operator", try village.settlement(slot))
  }
}

@Suite("A settlement") struct SettlementTests {
  @Test func `is that of the worked case where nothing was traded`() throws {
    // Mid-market rate: net +3000, +1001, −2000, −501 at 19 000.
    var village = try Village.trading(parties: ["anna", "bert", "carl", "dora"])
    try village.wait(untilEndOf: slot)
    for (party, imported, exported) in [("anna", 0, 3_000), ("bert", 0, 1_001), ("carl", 2_000, 0), ("dora", 501, 0)] {
      try village.say("gateway", Say.reading("\(party).m", slot, imported: [imported], exported: [exported]))
    }
    #expect(
      try village.settlement(slot)
        == #"{"type":"slot.settled","lem":"l","first":1979712,"local":[2501],"imported":[0],"exported":[1500]}"#)
    try village.say("operator", try village.settlement(slot))
    #expect(try village.balance("anna") == [44_628_093, -3_000, 0])
    #expect(try village.balance("bert") == [14_890_907, -1_001, 0])
    #expect(try village.balance("carl") == [-38_000_000, 2_000, 0])
    #expect(try village.balance("dora") == [-9_519_000, 501, 0])
    #expect(try village.balance("grid") == [-12_000_000, 1_500, 0])
  }

  /// Anna bids and carl asks 1000 Wh: they trade at 20 000.
  private func traded() throws -> Village {
    var village = try Village.trading(slots: 2)
    try village.say("operator", Say.forecast(slot, [10_000, 10_000]))
    try village.say("anna", Say.order("anna", "b", "bid", slot, [25_000], [1_000]))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [15_000], [1_000]))
    try village.clear(slot)
    try village.wait(untilEndOf: slot + 1)
    return village
  }

  @Test func `pays trades at their price, and what was not done at the grid's`() throws {
    var village = try traded()
    try village.say("gateway", Say.reading("anna.m", slot, imported: [1_200], exported: [0]))
    try village.say("gateway", Say.reading("carl.m", slot, imported: [0], exported: [700]))
    try village.say("operator", try village.settlement(slot))
    // Anna takes 200 beyond her 1000, carl gives 300 less than his: the grid gives 500 at 30 000.
    #expect(try village.balance("anna") == [-1_000 * 20_000 - 200 * 30_000, 1_200, 0])
    #expect(try village.balance("carl") == [1_000 * 20_000 - 300 * 30_000, -700, 0])
    #expect(try village.balance("grid") == [500 * 30_000, -500, 0])
    #expect(try village.market.dueRewards.map { "\($0.party) \($0.energy.wattHours)" } == ["carl 700"])
  }

  @Test func `lets surplus and shortage meet at the slot's price first`() throws {
    var village = try traded()
    try village.say("gateway", Say.reading("anna.m", slot, imported: [1_300], exported: [0]))
    try village.say("gateway", Say.reading("bert.m", slot, imported: [0], exported: [400]))
    try village.say("gateway", Say.reading("carl.m", slot, imported: [0], exported: [1_000]))
    try village.say("operator", try village.settlement(slot))
    // 300 Wh go from bert to anna at 20 000, bert's other 100 to the grid at 8 000.
    #expect(try village.balance("anna") == [-1_300 * 20_000, 1_300, 0])
    #expect(try village.balance("bert") == [300 * 20_000 + 100 * 8_000, -400, 0])
    #expect(try village.balance("carl") == [1_000 * 20_000, -1_000, 0])
    #expect(try village.balance("grid") == [-100 * 8_000, 100, 0])
  }

  @Test func `takes the forecast for the price where nothing was traded, else the middle of the tariffs`() throws {
    for (first, price) in [(slot, 20_000), (slot + 1, 10_000)] {
      var village = try traded()
      try village.say("gateway", Say.reading("anna.m", first, imported: [1_000], exported: [0]))
      try village.say("gateway", Say.reading("bert.m", first, imported: [100], exported: [0]))
      try village.say("gateway", Say.reading("carl.m", first, imported: [0], exported: [1_100]))
      try village.say("operator", try village.settlement(first))
      #expect(try village.balance("bert") == [-100 * price, 100, 0])
    }
  }

  @Test func `lets a member without a reading have done what it traded, and earn nothing`() throws {
    var village = try traded()
    try village.say("gateway", Say.reading("anna.m", slot, imported: [1_000], exported: [0]))
    try village.say("operator", try village.settlement(slot))
    #expect(try village.balance("carl") == [20_000_000, -1_000, 0])
    #expect(try village.market.dueRewards.isEmpty)
  }

  @Test(arguments: [
    ("operator", [0, 0], [0, 0], [0, 0], "settlement_wrong"),
    ("operator", [1_000, 0], [1, 0], [0, 0], "settlement_wrong"),
    ("operator", [1_000, 0], [0, 0], [0, 1], "settlement_wrong"),
    ("gateway", [1_000, 0], [0, 0], [0, 0], "not_authorised"),
    ("operator", [1_000, 0], [0, 0], [0], "json_value"),
    ("operator", [1_000, -1], [0, 0], [0, 0], "json_value"),
    ("operator", [1_000, 0, 0], [0, 0, 0], [0, 0, 0], "settlement_early"),
  ])
  func `is refused where it is another`(
    author: String, local: [Int], imported: [Int], exported: [Int], code: String
  ) throws {
    let event = Say.settled(slot, local: local, imported: imported, exported: exported)
    #expect(try traded().refusal(author, event)?.code == code)
  }

  @Test func `comes once, and not before what was ordered is cleared`() throws {
    var village = try traded()
    let settled = Say.settled(slot, local: [1_000], imported: [0], exported: [0])
    var late = try Village.trading(slots: 2)
    try late.say("anna", Say.order("anna", "b", "bid", slot, [25_000], [1_000]))
    try late.wait(untilEndOf: slot)
    let nothing = Say.settled(slot, local: [0], imported: [0], exported: [0])
    #expect(try late.refusal("operator", nothing)?.code == "slot_not_cleared")
    try late.say("operator", Say.gate(slot))
    #expect(try late.refusal("operator", nothing)?.code == "slot_not_cleared")
    try late.say("operator", try late.clearing(slot))
    try late.say("operator", nothing)

    try village.say("operator", settled)
    #expect(try village.refusal("operator", settled)?.code == "slot_settled")
    #expect(try village.refusal("operator", Say.forecast(slot, [9_000]))?.code == "slot_settled")
    #expect(try village.refusal("operator", Say.gate(slot))?.code == "slot_settled")
  }

  @Test func `waits for orders that came after the last auction`() throws {
    var village = try Village.trading(slots: 2)
    try village.clear(slot)
    try village.say("anna", Say.order("anna", "b", "bid", slot, [25_000], [1_000]))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [15_000], [1_000]))
    try village.wait(untilEndOf: slot)
    let nothing = Say.settled(slot, local: [0], imported: [0], exported: [0])
    #expect(try village.refusal("operator", nothing)?.code == "slot_not_cleared")
    try village.clear(slot)
    try village.say("operator", try village.settlement(slot))
    #expect(try village.balance("carl") == [20_000_000, -1_000, 0])
  }

  @Test func `is possible whatever was traded and not delivered`() throws {
    var village = try Village.trading(slots: 1)
    for number in 0..<3 {
      try village.say("anna", Say.order("anna", "b\(number)", "bid", slot, [30_000], [100_000_000]))
      try village.say("carl", Say.order("carl", "s\(number)", "ask", slot, [30_000], [100_000_000]))
    }
    try village.clear(slot)
    try village.wait(untilEndOf: slot)
    for party in ["anna", "carl"] {
      try village.say("gateway", Say.reading("\(party).m", slot, imported: [0], exported: [0]))
    }
    try village.say("operator", try village.settlement(slot))
    #expect(try village.balance("carl").first == 0)
  }
}

@Suite("A token") struct TokenTests {
  /// Carl has sold and delivered `energy` Wh to anna.
  private func village(_ energy: Int) throws -> Village {
    var village = try Village.trading(slots: 2)
    try village.say("anna", Say.order("anna", "b", "bid", slot, [25_000, 25_000], [energy, 600]))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [15_000, 15_000], [energy, 600]))
    try village.clear(slot, 2)
    try village.wait(untilEndOf: slot + 1)
    try village.say("gateway", Say.reading("carl.m", slot, imported: [0, 0], exported: [energy, 600]))
    try village.say("operator", try village.settlement(slot))
    return village
  }

  @Test func `is a thousand watt-hours sold; what is left counts on`() throws {
    var village = try village(2_500)
    try village.say("operator", Say.rewarded([("carl", 2_500)]))
    let carl = try PartyID("carl")
    #expect(try village.balance("carl")[2] == 2_500)
    #expect(try village.community.transactive.balance(of: .party(carl), in: LEMID("l"))?.wholeTokens == 2)
    try village.say("operator", try village.settlement(slot + 1))
    try village.say("operator", Say.rewarded([("carl", 600)]))
    #expect(try village.community.transactive.balance(of: .party(carl), in: LEMID("l"))?.wholeTokens == 3)
    #expect(try village.market.dueRewards.isEmpty)
  }

  @Test(arguments: [
    ("operator", [("carl", 2_499)], "reward_wrong"),
    ("operator", [("carl", 2_501)], "reward_wrong"),
    ("operator", [("carl", -2_500)], "json_value"),
    ("operator", [("anna", 0)], "reward_wrong"),
    ("operator", [("anna", 1)], "reward_wrong"),
    ("operator", [("carl", 2_500), ("carl", 2_500)], "reward_wrong"),
    ("operator", [("dora", 1)], "prosumer_unknown"),
    ("operator", [], "json_value"),
    ("operator", Array(repeating: ("carl", 1), count: 1_001), "json_value"),
    ("carl", [("carl", 2_500)], "not_authorised"),
  ])
  func `is refused`(author: String, rewards: [(String, Int)], code: String) throws {
    #expect(try village(2_500).refusal(author, Say.rewarded(rewards))?.code == code)
  }
}
