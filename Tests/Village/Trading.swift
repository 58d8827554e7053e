import Community
import Encoding
import Log
import Quantities
import Transactive

/// The words of a market day, as JSON text.
public enum Say {
  /// `lem.opened`.
  public static func opened(k: String = "1/2", margin: String = "pro-rata", lead: Int = 1, lem: String = "l") -> String
  {
    #"{"type":"lem.opened","lem":"\#(lem)","currency":"EUR","zone":"UTC0","k":"\#(k)","margin":"\#(margin)","lead":\#(lead)}"#
  }

  /// `participant.joined`, a meter of its own, and an account.
  public static func joined(_ party: String) -> [String] {
    [
      #"{"type":"participant.joined","participant":"\#(party)"}"#, meter("\(party).m", [(party, 1_000_000)]),
      account(party),
    ]
  }

  /// `device.registered`.
  public static func meter(_ device: String, _ owners: [(String, Int)], kind: String = "meter") -> String {
    #"{"type":"device.registered","device":"\#(device)","kind":"\#(kind)","owners":[\#(shares(owners))]}"#
  }

  /// The elements of `owners`.
  public static func shares(_ owners: [(String, Int)]) -> String {
    owners.map { #"{"party":"\#($0.0)","share":\#($0.1)}"# }.joined(separator: ",")
  }

  /// `account.opened`, or another event about an account.
  public static func account(_ party: String, _ what: String = "opened", lem: String = "l") -> String {
    #"{"type":"account.\#(what)","lem":"\#(lem)","party":"\#(party)"}"#
  }

  /// `tariff.published`.
  public static func tariff(_ first: Int, _ retail: [Int], _ feedIn: [Int], lem: String = "l") -> String {
    #"{"type":"tariff.published","lem":"\#(lem)","first":\#(first),"retail":\#(retail),"feedIn":\#(feedIn)}"#
  }

  /// `price.forecast`.
  public static func forecast(_ first: Int, _ price: [Int], lem: String = "l") -> String {
    #"{"type":"price.forecast","lem":"\#(lem)","first":\#(first),"price":\#(price)}"#
  }

  /// `order.placed`.
  public static func order(
    _ party: String, _ order: String, _ side: String, _ first: Int, _ price: [Int], _ energy: [Int], lem: String = "l"
  ) -> String {
    #"{"type":"order.placed","lem":"\#(lem)","party":"\#(party)","order":"\#(order)","side":"\#(side)","first":\#(first),"#
      + #""price":\#(price),"energy":\#(energy)}"#
  }

  /// `order.cancelled`.
  public static func cancelled(_ party: String, _ order: String, lem: String = "l") -> String {
    #"{"type":"order.cancelled","lem":"\#(lem)","party":"\#(party)","order":"\#(order)"}"#
  }

  /// `gate.closed`.
  public static func gate(_ first: Int, _ count: Int = 1, lem: String = "l") -> String {
    #"{"type":"gate.closed","lem":"\#(lem)","first":\#(first),"count":\#(count)}"#
  }

  /// `market.cleared`.
  public static func cleared(
    _ first: Int, volume: [Int], price: [Int?], hash: String, lem: String = "l"
  ) -> String {
    let prices = price.map { $0.map(String.init) ?? "null" }.joined(separator: ",")
    return #"{"type":"market.cleared","lem":"\#(lem)","first":\#(first),"volume":\#(volume),"price":[\#(prices)],"#
      + #""priceHash":"\#(hash)"}"#
  }

  /// `reading.recorded`.
  public static func reading(
    _ device: String, _ first: Int, imported: [Int], exported: [Int], lem: String = "l"
  ) -> String {
    #"{"type":"reading.recorded","lem":"\#(lem)","device":"\#(device)","first":\#(first),"imported":\#(imported),"#
      + #""exported":\#(exported)}"#
  }

  /// `slot.settled`.
  public static func settled(
    _ first: Int, local: [Int], imported: [Int], exported: [Int], lem: String = "l"
  ) -> String {
    #"{"type":"slot.settled","lem":"\#(lem)","first":\#(first),"local":\#(local),"imported":\#(imported),"#
      + #""exported":\#(exported)}"#
  }

  /// `token.rewarded`.
  public static func rewarded(_ rewards: [(String, Int)], lem: String = "l") -> String {
    let list = rewards.map { #"{"party":"\#($0.0)","energy":\#($0.1)}"# }.joined(separator: ",")
    return #"{"type":"token.rewarded","lem":"\#(lem)","rewards":[\#(list)]}"#
  }
}

extension Village {
  /// A village that trades: the LEM `l`, the parties anna, bert and carl with a meter and an account each, and tariffs of
  /// 8 000 and 30 000 µ-units/kWh for the `slots` from ``midnight`` on.
  public static func trading(
    slots: Int = 8, k: String = "1/2", margin: String = "pro-rata", lead: Int = 1,
    parties: [String] = ["anna", "bert", "carl"]
  ) throws -> Village {
    var village = try Village()
    try village.say("operator", Say.opened(k: k, margin: margin, lead: lead))
    for party in parties { try village.say("operator", Say.joined(party)) }
    try village.say(
      "dso",
      Say.tariff(
        midnight, Array(repeating: 30_000, count: slots), Array(repeating: 8_000, count: slots)))
    return village
  }

  /// The market `l`.
  public var market: LocalMarket { get throws { try community.transactive.lem(LEMID("l"))! } }

  /// Sets the time of the blocks to come to the end of slot `number`.
  public mutating func wait(untilEndOf number: Int) throws { time = try Village.slot(number).end }

  /// Closes the gates of `count` slots and clears them as is right.
  public mutating func clear(_ first: Int, _ count: Int = 1) throws {
    try say("operator", Say.gate(first, count))
    try say("operator", clearing(first, count))
  }

  /// The right `market.cleared`.
  public func clearing(_ first: Int, _ count: Int = 1) throws -> String {
    let range = try SlotRange(Slot(first), count: count)
    let result = try market.result(LEMID("l"), range)
    return Say.cleared(
      first, volume: result.volumes.map(\.units), price: result.prices.map { $0?.units }, hash: result.priceHash)
  }

  /// The right `slot.settled`.
  public func settlement(_ first: Int, _ count: Int = 1) throws -> String {
    let range = try SlotRange(Slot(first), count: count)
    let result = try market.settlement(LEMID("l"), range)
    return Say.settled(
      first, local: result.local.map(\.units), imported: result.imported.map(\.units),
      exported: result.exported.map(\.units))
  }

  /// What `party` holds: n-units, Wh taken, Wh rewarded.
  public func balance(_ party: String) throws -> [Int] {
    let account: Account = party == "grid" ? .grid : .party(try PartyID(party))
    guard let balance = try community.transactive.balance(of: account, in: LEMID("l")) else { return [] }
    return [balance.money.nanos, balance.energy.wattHours, balance.tokens.wattHours]
  }
}
