import Encoding
import Kernel
import Market
import Quantities

/// `lem.opened`: a local energy market begins, on terms that stay.
public struct LEMOpened: EventPayload {
  /// The event's type.
  public static let type = "lem.opened"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, currency: Currency, zone: TimeZoneRule, k: Ratio, margin: MarginRule, lead: Lead) in
      let auction = UniformPrice(k: k, margin: margin)
      return Self(lem: lem, terms: Terms(currency: currency, zone: zone, auction: auction, lead: lead.slots))
    },
    Member("lem", \.lem), Member("currency", \.terms.currency), Member("zone", \.terms.zone),
    Member("k", \.terms.auction.k), Member("margin", \.terms.auction.margin),
    Member("lead") { Lead(slots: $0.terms.lead) })

  /// The market.
  public let lem: LEMID
  /// Its terms.
  public let terms: Terms

  /// `lem` opens on `terms`.
  public init(lem: LEMID, terms: Terms) { (self.lem, self.terms) = (lem, terms) }
}

/// `tariff.published`: the DSO's retail and feed-in tariffs, which bound the price of the LEM.
public struct TariffPublished: EventPayload {
  /// The event's type.
  public static let type = "tariff.published"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, first: Slot, retail: [Price], feedIn: [Price]) throws(JSONError) in
      _ = try SlotRange(first, curves: [retail.count, feedIn.count])
      return try Self(lem: lem, first: first, retail: retail, feedIn: feedIn)
    },
    Member("lem", \.lem), Member("first", \.slots.first), Member(curve: "retail") { $0.tariffs.map(\.retail) },
    Member(curve: "feedIn") { $0.tariffs.map(\.feedIn) })

  /// The market.
  public let lem: LEMID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// One tariff a slot.
  public let tariffs: [Tariff]

  /// `tariffs` hold in `lem` from `first` on.
  public init(lem: LEMID, first: Slot, tariffs: [Tariff]) throws(QuantityError) {
    (self.lem, self.tariffs) = (lem, tariffs)
    slots = try SlotRange(first, count: tariffs.count)
  }
}

/// `price.forecast`: the LEM price that the operator expects, broadcast for others to plan by.
public struct PriceForecast: EventPayload {
  /// The event's type.
  public static let type = "price.forecast"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, first: Slot, prices: [Price]) throws(JSONError) in
      try asJSON { () throws(QuantityError) in try Self(lem: lem, first: first, prices: prices) }
    },
    Member("lem", \.lem), Member("first", \.slots.first), Member(curve: "price", \.prices))

  /// The market.
  public let lem: LEMID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// One price a slot.
  public let prices: [Price]

  /// `prices` are expected in `lem` from `first` on.
  public init(lem: LEMID, first: Slot, prices: [Price]) throws(QuantityError) {
    (self.lem, self.prices) = (lem, prices)
    slots = try SlotRange(first, count: prices.count)
  }
}

/// `gate.closed`: from here on the order books of these slots stand still until they are cleared.
public struct GateClosed: EventPayload {
  /// The event's type.
  public static let type = "gate.closed"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, first: Slot, count: Int) throws(JSONError) in
      Self(lem: lem, slots: try asJSON { () throws(QuantityError) in try SlotRange(first, count: count) })
    },
    Member("lem", \.lem), Member("first", \.slots.first), Member("count", \.slots.count))

  /// The market.
  public let lem: LEMID
  /// The slots.
  public let slots: SlotRange

  /// The gate of `slots` in `lem` closes.
  public init(lem: LEMID, slots: SlotRange) { (self.lem, self.slots) = (lem, slots) }
}

extension TariffPublished {
  /// The tariffs of two curves of one length.
  fileprivate init(lem: LEMID, first: Slot, retail: [Price], feedIn: [Price]) throws(JSONError) {
    var tariffs: [Tariff] = []
    for (feedIn, retail) in zip(feedIn, retail) {
      do {
        tariffs.append(try Tariff(feedIn: feedIn, retail: retail))
      } catch {
        throw JSONError(.value, error.sentence)
      }
    }
    let all = tariffs
    self = try asJSON { () throws(QuantityError) in try Self(lem: lem, first: first, tariffs: all) }
  }
}

extension SlotRange {
  /// Reads the members `first` and `count`.
  init(_ fields: inout JSONFields) throws(JSONError) {
    let first = try fields.slot("first")
    let count = try fields.integer("count")
    self = try asJSON { () throws(QuantityError) in try SlotRange(first, count: count) }
  }

  func write(to writer: inout JSONWriter) {
    writer.field("first", first)
    writer.field("count", count)
  }
}
