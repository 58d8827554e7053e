import Community
import Kernel
import Testing
import Village

@Suite("What the platform is told") struct MessageTests {
  /// The messages of one entry: subject, space, payload.
  private func messages(_ village: inout Village, _ author: String, _ events: String...) throws -> [String] {
    var told: [String] = []
    try village.say(author, events) { _, fact, context, before in
      for message in before.messages(for: fact, in: context) {
        told.append("\(message.subject) \(String(decoding: message.payload, as: UTF8.self))")
      }
    }
    return told
  }

  private let stamp = #"{"timestamp":"2026-06-17T00:00:00.000Z","#

  @Test func `of an account`() throws {
    var village = try Village.trading()
    #expect(
      try messages(&village, "operator", Say.account("anna", "closed"), Say.account("anna"))
        == [
          "M9.notif.account_inactivated " + stamp + #""lem_ID":"l","prosumer":"anna"}"#,
          "M9.notif.account_created " + stamp + #""lem_ID":"l","prosumer":"anna"}"#,
        ])
  }

  @Test func `of a forecast, on the deliverable's subject too`() throws {
    var village = try Village.trading()
    let payload =
      stamp + #""lem_ID":"l","currency":"EUR","#
      + #""price_kwh":[{"start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:15:00.000Z","value":0.0123}],"#
      + #""dso_price":[{"start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:15:00.000Z","value":0.03}],"#
      + #""dso_feed_in":[{"start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:15:00.000Z","value":0.008}]}"#
    #expect(
      try messages(&village, "operator", Say.forecast(Village.midnight, [12_300]))
        == ["M9.notif.forecast_lem_price " + payload, "M9.notif.forecast.lem_price " + payload])
  }

  @Test func `of an auction, a settlement and a reward`() throws {
    var village = try Village.trading()
    try village.say("anna", Say.order("anna", "b", "bid", Village.midnight, [25_000], [1_000]))
    try village.say("carl", Say.order("carl", "s", "ask", Village.midnight, [15_000], [1_000]))
    try village.say("operator", Say.gate(Village.midnight))
    let cleared = try messages(&village, "operator", village.clearing(Village.midnight))
    #expect(
      cleared == [
        "M9.notif.market_cleared " + stamp + #""lem_ID":"l","currency":"EUR","#
          + #""price_kwh":[{"start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:15:00.000Z","value":0.02}],"#
          // printf 'l\n1979712 20000\n' | sha256sum
          + #""volume_wh":[1000],"price_hash":"f3e5cfa143b1d756b12346ed1732e1ae705f34c1eda2515df428cf639bbcbeb7"}"#
      ])
    try village.wait(untilEndOf: Village.midnight)
    try village.say("gateway", Say.reading("carl.m", Village.midnight, imported: [0], exported: [1_001]))
    let stamp = #"{"timestamp":"2026-06-18T00:15:00.000Z","lem_ID":"l","#
    let settled = try messages(&village, "operator", village.settlement(Village.midnight))
    #expect(
      settled == [
        "M9.notif.slot_settled " + stamp + #""start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:15:00.000Z","#
          + #""local_wh":[1000],"imported_wh":[0],"exported_wh":[1]}"#
      ])
    #expect(
      try messages(&village, "operator", Say.rewarded([("carl", 1_000)]))
        == ["M9.notif.token_rewarded " + stamp + #""rewards":[{"prosumer":"carl","energy_wh":1000}]}"#])
  }

  @Test func `of orders, readings, tariffs and gates is nothing`() throws {
    var village = try Village.trading()
    #expect(
      try messages(
        &village, "gateway", Say.order("anna", "o", "bid", Village.midnight, [9_000], [1]), Say.cancelled("anna", "o")
      ).isEmpty)
    #expect(try messages(&village, "operator", Say.gate(Village.midnight), Say.opened(lem: "m")).isEmpty)
    #expect(try messages(&village, "dso", Say.tariff(Village.midnight + 9, [9], [9])).isEmpty)
  }
}
