import Kernel
import Quantities
import Testing
import Transactive
import Village

private let slot = Village.midnight

@Suite("A LEM") struct LEMTests {
  @Test(arguments: [
    ("operator", Say.opened(), "lem_exists"),
    ("gateway", Say.opened(lem: "m"), "not_authorised"),
    ("operator", Say.opened(k: "3/2", lem: "m"), "json_value"),
    ("operator", Say.opened(margin: "lottery", lem: "m"), "json_value"),
    ("operator", Say.opened(lead: 673, lem: "m"), "json_value"),
    ("operator", Say.opened(lead: -1, lem: "m"), "json_value"),
    (
      "operator", #"{"type":"lem.opened","lem":"m","currency":"euro","zone":"UTC0","k":"0","margin":"time","lead":0}"#,
      "json_value"
    ),
    (
      "operator", #"{"type":"lem.opened","lem":"m","currency":"EUR","zone":"Berlin","k":"0","margin":"time","lead":0}"#,
      "json_value"
    ),
  ])
  func `is refused`(author: String, event: String, code: String) throws {
    #expect(try Village.trading().refusal(author, event)?.code == code)
  }

  @Test func `keeps its accounts and books to itself`() throws {
    var village = try Village.trading()
    try village.say("operator", Say.opened(lem: "m"))
    #expect(
      try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000], [1], lem: "m"))?.code
        == "prosumer_unknown")
    try village.say("operator", Say.account("anna", lem: "m"))
    #expect(
      try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000], [1], lem: "m"))?.code == "tariff_unknown"
    )
    #expect(village.community.transactive.lemIDs.map(\.text) == ["l", "m"])
  }
}

@Suite("An account") struct AccountTests {
  @Test(arguments: [
    ("operator", Say.account("anna"), "prosumer_exists", 409),
    ("operator", Say.account("dora"), "prosumer_unknown", 404),
    ("operator", Say.account("anna", lem: "x"), "lem_unknown", 404),
    ("anna", Say.account("dora"), "not_authorised", 403),
    ("operator", Say.account("dora", "closed"), "prosumer_unknown", 404),
    ("operator", Say.account("anna", "closed", lem: "x"), "lem_unknown", 404),
    ("anna", Say.account("anna", "closed"), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    let refusal = try #require(try Village.trading().refusal(author, event))
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `closes once and opens again with what it held`() throws {
    var village = try Village.trading()
    try village.say("operator", Say.account("anna", "closed"))
    #expect(try village.refusal("operator", Say.account("anna", "closed"))?.code == "prosumer_unknown")
    try village.say("operator", Say.account("anna"))
    #expect(try village.market.members.map(\.party.text) == ["anna", "bert", "carl"])
  }

  @Test func `may be a consortium's`() throws {
    var village = try Village.trading()
    try village.say("operator", #"{"type":"consortium.formed","consortium":"c","members":["anna"],"devices":[]}"#)
    try village.say("operator", Say.account("c"))
    try village.say("gateway", Say.order("c", "o", "bid", slot, [9_000], [1]))
  }
}

@Suite("A tariff") struct TariffTests {
  @Test(arguments: [
    ("dso", Say.tariff(slot + 7, [9], [9]), "tariff_exists", 409),
    ("dso", Say.tariff(slot + 8, [9, 9], [9]), "json_value", 400),
    ("dso", Say.tariff(slot + 8, [8], [9]), "json_value", 400),
    ("dso", Say.tariff(slot + 8, [9], [-1]), "json_value", 400),
    ("dso", Say.tariff(slot + 8, [100_000_001], [9]), "json_value", 400),
    ("dso", Say.tariff(slot + 8, [9], [9], lem: "x"), "lem_unknown", 404),
    ("operator", Say.tariff(slot + 8, [9], [9]), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    let refusal = try #require(try Village.trading().refusal(author, event))
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `reaches 400 days ahead and no further`() throws {
    let village = try Village.trading()
    let today = village.time.milliseconds / Slot.milliseconds
    #expect(try village.refusal("dso", Say.tariff(today + 38_400, [9], [9])) == nil)
    #expect(try village.refusal("dso", Say.tariff(today + 38_401, [9], [9]))?.code == "tariff_too_early")
  }

  @Test func `holds for a slot once, whatever stands around it`() throws {
    let village = try Village.trading()
    #expect(try village.refusal("dso", Say.tariff(slot - 1, [9, 9], [9, 9]))?.code == "tariff_exists")
    #expect(try village.refusal("dso", Say.tariff(slot + 8, [100_000_000, 0], [100_000_000, 0])) == nil)
  }
}

@Suite("A forecast of the price") struct ForecastTests {
  @Test(arguments: [
    ("operator", Say.forecast(slot, [7_999]), "price_out_of_bounds", 422),
    ("operator", Say.forecast(slot, [30_001]), "price_out_of_bounds", 422),
    ("operator", Say.forecast(slot + 7, [9_000, 9_000]), "tariff_unknown", 404),
    ("operator", Say.forecast(slot, [9_000], lem: "x"), "lem_unknown", 404),
    ("gateway", Say.forecast(slot, [9_000]), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    let refusal = try #require(try Village.trading().refusal(author, event))
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `comes before its slot, or it could be made to fit`() throws {
    var village = try Village.trading()
    village.time = try Slot(slot).start.advanced(byMilliseconds: -1)
    #expect(try village.refusal("operator", Say.forecast(slot, [8_000])) == nil)
    village.time = try Slot(slot).start
    #expect(try village.refusal("operator", Say.forecast(slot, [8_000]))?.code == "forecast_late")
    #expect(try village.refusal("operator", Say.forecast(slot + 1, [30_000])) == nil)
  }

  @Test func `may be corrected`() throws {
    var village = try Village.trading()
    try village.say("operator", Say.forecast(slot, [9_000, 9_500]))
    try village.say("operator", Say.forecast(slot, [9_100]))
    #expect(village.part("M9").contains(#""forecast":9100"#) && village.part("M9").contains(#""forecast":9500"#))
  }
}

@Suite("A gate") struct GateTests {
  @Test(arguments: [
    ("operator", Say.gate(slot + 8), "tariff_unknown", 404),
    ("operator", Say.gate(slot + 3, 6), "tariff_unknown", 404),
    ("operator", Say.gate(slot + 2), "gate_closed", 409),
    ("operator", Say.gate(slot, 8), "gate_closed", 409),
    ("operator", Say.gate(slot, lem: "x"), "lem_unknown", 404),
    ("operator", Say.gate(slot, 0), "json_value", 400),
    ("operator", Say.gate(slot, 101), "json_value", 400),
    ("gateway", Say.gate(slot), "not_authorised", 403),
  ])
  func `is refused`(author: String, event: String, code: String, status: Int) throws {
    var village = try Village.trading()
    try village.say("operator", Say.gate(slot + 2))
    let refusal = try #require(try village.refusal(author, event))
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }

  @Test func `closes 64 times, and then no order comes that nobody could clear`() throws {
    var village = try Village.trading(slots: 1)
    for _ in 0..<64 { try village.clear(slot) }
    #expect(try village.refusal("operator", Say.gate(slot))?.code == "too_many_rounds")
    #expect(try village.refusal("anna", Say.order("anna", "o", "bid", slot, [9_000], [1]))?.code == "gate_closed")
    try village.wait(untilEndOf: slot)
    try village.say("operator", try village.settlement(slot))
    #expect(try village.refusal("operator", Say.gate(slot))?.code == "slot_settled")
  }
}

@Suite("The result of an auction") struct ClearingTests {
  /// Anna bids 1000 at 25 000 and 500 at 20 000, bert 800 at 12 000; carl asks 600 at 10 000, 1200 at 15 000, 500 at 22 000.
  private func village(margin: String = "pro-rata") throws -> Village {
    var village = try Village.trading(slots: 3, margin: margin)
    let orders = [
      ("anna", "b1", "bid", 25_000, 1_000), ("anna", "b2", "bid", 20_000, 500), ("bert", "b3", "bid", 12_000, 800),
      ("carl", "s1", "ask", 10_000, 600), ("carl", "s2", "ask", 15_000, 1_200), ("carl", "s3", "ask", 22_000, 500),
    ]
    for (party, order, side, price, energy) in orders {
      try village.say(party, Say.order(party, order, side, slot, [price], [energy]))
    }
    try village.say("operator", Say.gate(slot, 2))
    return village
  }

  @Test func `is that of the worked case`() throws {
    var village = try village()
    #expect(
      try village.clearing(slot, 2)
        == #"{"type":"market.cleared","lem":"l","first":1979712,"volume":[1500, 0],"price":[15000,null],"priceHash":""#
        // printf 'l\n1979712 15000\n1979713 -\n' | sha256sum
        + #"5640dccc15c2a665c45742819ec995d21da60ab230cd2479c6ccf3cee2c96299"}"#)
    try village.say("operator", try village.clearing(slot, 2))
    let state = village.part("M9")
    #expect(
      state.contains(
        #""positions":[{"member":0,"energy":-1500,"money":"-22500000"},{"member":2,"energy":1500,"money":"22500000"}]"#)
    )
    #expect(state.contains(#""bids":[{"order":2,"member":1,"price":12000,"energy":800}]"#))
    #expect(
      state.contains(
        #""asks":[{"order":4,"member":2,"price":15000,"energy":300},{"order":5,"member":2,"price":22000,"energy":500}]"#
      ))
  }

  @Test(
    arguments: [
      ([1_500, 0], [15_000, nil], nil, "gateway", "not_authorised"),
      ([1_499, 0], [15_000, nil], nil, "operator", "clearing_wrong"),
      ([1_500, 0], [15_001, nil], nil, "operator", "clearing_wrong"),
      ([1_500, 0], [15_000, 8_000], nil, "operator", "clearing_wrong"),
      ([1_500, 0], [nil, nil], nil, "operator", "clearing_wrong"),
      ([1_500, 1], [15_000, nil], nil, "operator", "clearing_wrong"),
      ([1_500, 0], [15_000, nil], "00", "operator", "price_hash_wrong"),
      ([1_500], [15_000, nil], nil, "operator", "json_value"),
      ([-1, 0], [15_000, nil], nil, "operator", "json_value"),
      ([1_500, 0, 0], [15_000, nil, nil], nil, "operator", "gate_open"),
      ([9_007_199_254_740_991, 0], [15_000, nil], nil, "operator", "clearing_wrong"),
    ] as [([Int], [Int?], String?, String, String)])
  func `is refused where it is another`(
    volume: [Int], price: [Int?], hash: String?, author: String, code: String
  ) throws {
    let village = try village()
    let right = try village.clearing(slot, 2).split(separator: "\"").suffix(2).first.map(String.init)!
    let event = Say.cleared(slot, volume: volume, price: price, hash: hash ?? right)
    #expect(try village.refusal(author, event)?.code == code)
  }

  @Test func `comes again in another round over what is left`() throws {
    var village = try village()
    try village.say("operator", try village.clearing(slot, 2))
    #expect(
      try village.refusal("operator", Say.cleared(slot, volume: [0], price: [nil], hash: ""))?.code == "gate_open")
    try village.say("carl", Say.order("carl", "s4", "ask", slot, [9_000], [300]))
    try village.say("operator", Say.gate(slot))
    #expect(try village.clearing(slot).contains(#""volume":[300],"price":[12000]"#))
    try village.say("operator", try village.clearing(slot))
    // Positions add up over the rounds, each at its own price.
    #expect(
      village.part("M9").contains(
        #"{"member":1,"energy":-300,"money":"-3600000"},{"member":2,"energy":1800,"money":"26100000"}"#))
  }

  @Test func `gives the margin to the earliest, or to all in proportion`() throws {
    for (margin, fills) in [("time", [100, 100]), ("pro-rata", [67, 66, 67])] {
      var village = try Village.trading(margin: margin)
      for (party, order, energy) in [("anna", "a", 100), ("bert", "b", 100), ("carl", "c", 101)] {
        try village.say(party, Say.order(party, order, "bid", slot, [20_000], [energy]))
      }
      try village.say("operator", #"{"type":"participant.joined","participant":"dora"}"#, Say.account("dora"))
      try village.say("dora", Say.order("dora", "s", "ask", slot, [12_000], [200]))
      try village.clear(slot)
      for (member, fill) in fills.enumerated() {
        #expect(
          village.part("M9").contains(#"{"member":\#(member),"energy":\#(-fill),"money":"\#(-fill * 20_000)"}"#),
          "\(margin)")
      }
    }
  }
}
