import Kernel
import Quantities
import Testing
import Transactive
import Village

private let slot = Village.midnight

@Suite("An order") struct OrderTests {
  @Test func `stands in each slot in which it has energy`() throws {
    var village = try Village.trading(slots: 3)
    try village.say("anna", Say.order("anna", "o", "bid", slot, [8_000, 0, 30_000], [5, 0, 7]))
    #expect(
      village.part("M9").contains(
        #""orders":[{"order":"o","number":0,"member":0,"side":"bid","first":1979712,"count":3}]"#))
    #expect(village.part("M9").contains(#""bids":[{"order":0,"member":0,"price":8000,"energy":5}]"#))
    #expect(village.part("M9").contains(#""bids":[{"order":0,"member":0,"price":30000,"energy":7}]"#))
  }

  @Test(arguments: [
    (Say.order("anna", "o", "bid", slot, [9_000], [1], lem: "x"), "lem_unknown", 404),
    (Say.order("anna", "o", "bid", slot + 8, [9_000], [1]), "tariff_unknown", 404),
    (Say.order("anna", "o", "bid", slot - 1, [9_000], [1]), "tariff_unknown", 404),
    (Say.order("anna", "o", "bid", slot + 7, [9_000, 9_000], [1, 1]), "tariff_unknown", 404),
    (Say.order("anna", "o", "bid", slot, [7_999], [1]), "price_out_of_bounds", 422),
    (Say.order("anna", "o", "ask", slot, [30_001], [1]), "price_out_of_bounds", 422),
    (Say.order("anna", "o", "ask", slot, [9_000, 9_000], [0, 0]), "order_empty", 422),
    (Say.order("anna", "taken", "ask", slot, [9_000], [1]), "order_exists", 409),
    (Say.order("anna", "o", "buy", slot, [9_000], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [9_000, 9_000], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [], []), "json_value", 400),
    (
      Say.order("anna", "o", "bid", slot, Array(repeating: 9_000, count: 101), Array(repeating: 1, count: 101)),
      "json_value", 400
    ),
    (Say.order("anna", "o", "bid", slot, [9_000], [-1]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [-9_000], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [100_000_001], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [9_000], [100_000_001]), "json_value", 400),
    (Say.order("anna", "o", "bid", slot, [9_000], [9_007_199_254_740_991]), "json_value", 400),
    (Say.order("anna", "o", "bid", -1, [9_000], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", 281_558_112, [9_000], [1]), "json_value", 400),
    (Say.order("anna", "o", "bid", 281_558_111, [9_000, 9_000], [1, 1]), "json_value", 400),
  ])
  func `is refused`(event: String, code: String, status: Int) throws {
    var village = try Village.trading()
    try village.say("anna", Say.order("anna", "taken", "bid", slot, [9_000], [1]))
    let refusal = try #require(try village.refusal("anna", event), "it is accepted, or leaves a trace")
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `is taken from the party's own key and from a gateway`() throws {
    let village = try Village.trading()
    let order = Say.order("anna", "o", "bid", slot, [9_000], [1])
    for author in ["anna", "gateway"] { #expect(try village.refusal(author, order) == nil) }
    for author in ["validator", "operator", "dso", "bert", "dora"] {
      #expect(try village.refusal(author, order)?.code == "not_authorised")
    }
  }

  @Test func `needs an open account of a party that has not left`() throws {
    var village = try Village.trading()
    let order = Say.order("dora", "o", "bid", slot, [9_000], [1])
    #expect(try village.refusal("dora", order)?.code == "prosumer_unknown")
    try village.say("operator", #"{"type":"participant.joined","participant":"dora"}"#)
    #expect(try village.refusal("dora", order)?.code == "prosumer_unknown")
    try village.say("operator", Say.account("dora"))
    #expect(try village.refusal("dora", order) == nil)
    var closed = village
    try closed.say("operator", Say.account("dora", "closed"))
    #expect(try closed.refusal("dora", order)?.code == "prosumer_unknown")
    try village.say("operator", #"{"type":"participant.left","participant":"dora"}"#)
    #expect(try village.refusal("dora", order)?.code == "prosumer_unknown")
  }

  @Test(arguments: [0, 1, 4, 672])
  func `is taken until its lead before delivery and not from then on`(lead: Int) throws {
    var village = try Village.trading(lead: lead)
    let order = Say.order("anna", "o", "bid", slot, [9_000], [1])
    let deadline = try Slot(slot).start.advanced(byMilliseconds: -lead * Slot.milliseconds)
    village.time = deadline.advanced(byMilliseconds: -1)
    #expect(try village.refusal("anna", order) == nil)
    village.time = deadline
    #expect(try village.refusal("anna", order)?.code == "gate_closed")
  }

  @Test func `is refused in all slots when the gate of one is closed`() throws {
    var village = try Village.trading()
    try village.say("operator", Say.gate(slot + 1))
    let refusal = try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000, 9_000], [1, 1]))
    #expect(refusal?.code == "gate_closed")
    #expect(try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000, 9_000], [1, 0])) == nil)
  }

  @Test func `changes the books of this community and of no copy of it`() throws {
    var village = try Village.trading(slots: 2)
    try village.say("anna", Say.order("anna", "a", "bid", slot, [9_000, 9_000], [1, 1]))
    let (copy, before) = (village, village.part("M9"))
    let order = Say.order("anna", "b", "bid", slot, [9_000, 9_000], [2, 2])
    #expect(try village.refusal("anna", order, order)?.code == "order_exists")
    #expect(village.part("M9") == before, "an entry that was refused half-way left its first order behind")
    try village.say("anna", order)
    #expect(village.part("M9") != before)
    #expect(copy.part("M9") == before)
  }

  @Test func `is refused where a book is full`() throws {
    var village = try Village.trading()
    let most = 100_000_000
    for number in 0..<10 {
      try village.say("gateway", Say.order("anna", "o\(number)", "bid", slot, [9_000], [most]))
    }
    #expect(try village.refusal("gateway", Say.order("bert", "p", "bid", slot, [9_000], [1]))?.code == "book_full")
    #expect(try village.refusal("gateway", Say.order("bert", "p", "ask", slot, [9_000], [1])) == nil)
    #expect(try village.refusal("gateway", Say.order("bert", "p", "bid", slot + 1, [9_000], [1])) == nil)
  }
}

@Suite("A cancelled order") struct CancellationTests {
  private func village() throws -> Village {
    var village = try Village.trading(slots: 3)
    try village.say("anna", Say.order("anna", "a", "bid", slot, [20_000, 20_000, 20_000], [1, 2, 3]))
    try village.say("anna", Say.order("anna", "o", "bid", slot, [20_000, 20_000, 20_000], [10, 20, 30]))
    try village.say("bert", Say.order("bert", "z", "bid", slot, [20_000, 20_000, 20_000], [100, 200, 300]))
    return village
  }

  @Test func `leaves the books and nothing else does`() throws {
    var village = try village()
    try village.say("anna", Say.cancelled("anna", "o"))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [8_000, 8_000, 8_000], [999, 999, 999]))
    try village.clear(slot, 3)
    for (position, volume) in [101, 202, 303].enumerated() {
      #expect(village.part("M9").contains(#"{"member":2,"energy":\#(volume),"#), "slot \(position)")
    }
  }

  @Test func `is withdrawn from open slots alone`() throws {
    var village = try village()
    try village.say("operator", Say.gate(slot))
    try village.say("anna", Say.cancelled("anna", "o"))
    try village.say("carl", Say.order("carl", "s", "ask", slot + 1, [8_000, 8_000], [999, 999]))
    try village.say("operator", Say.gate(slot + 1, 2))
    let clearing = try village.clearing(slot + 1, 2)
    #expect(clearing.contains(#""volume":[202, 303]"#))
    #expect(try village.refusal("anna", Say.cancelled("anna", "o"))?.code == "gate_closed")
    // After the auction what is left of it can be withdrawn.
    try village.say("operator", try village.clearing(slot))
    try village.say("anna", Say.cancelled("anna", "o"))
    #expect(try village.refusal("anna", Say.cancelled("anna", "o"))?.code == "gate_closed")
  }

  @Test(arguments: [
    ("anna", Say.cancelled("anna", "nothing"), "order_unknown", 404),
    ("anna", Say.cancelled("anna", "z"), "order_unknown", 404),
    ("bert", Say.cancelled("bert", "o"), "order_unknown", 404),
    ("anna", Say.cancelled("anna", "o", lem: "x"), "lem_unknown", 404),
    ("bert", Say.cancelled("anna", "o"), "not_authorised", 403),
    ("operator", Say.cancelled("anna", "o"), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    let refusal = try #require(try village().refusal(author, event))
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `can be withdrawn by its party as long as anything of it stands`() throws {
    var village = try village()
    try village.clear(slot, 3)
    try village.wait(untilEndOf: slot + 2)
    // The last slot is settled first; the order still stands in the others.
    try village.say("operator", try village.settlement(slot + 2))
    #expect(try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000], [1]))?.code == "order_exists")
    try village.say("anna", Say.cancelled("anna", "o"))
    try village.say("operator", try village.settlement(slot))
    try village.say("operator", try village.settlement(slot + 1))
    #expect(try village.refusal("anna", Say.cancelled("anna", "o"))?.code == "order_unknown")
    #expect(village.part("M9").contains(#""orders":[]"#))
  }

  @Test func `of a closed account leaves a book that stood still once it is cleared`() throws {
    var village = try village()
    try village.say("operator", Say.gate(slot, 3))
    try village.say("operator", Say.account("anna", "closed"))
    try village.say("operator", try village.clearing(slot, 3))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [8_000], [999]))
    try village.say("operator", Say.gate(slot))
    #expect(try village.clearing(slot).contains(#""volume":[100]"#))
  }

  @Test func `of a closed account leaves open books at once`() throws {
    var village = try village()
    try village.say("operator", Say.account("anna", "closed"))
    try village.say("carl", Say.order("carl", "s", "ask", slot, [8_000], [999]))
    try village.say("operator", Say.gate(slot))
    #expect(try village.clearing(slot).contains(#""volume":[100]"#))
  }
}
