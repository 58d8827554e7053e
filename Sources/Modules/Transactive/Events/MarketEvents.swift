import Encoding
import Kernel
import Market
import Quantities

/// `lem.opened`: a local energy market begins, on terms that stay.
public struct LEMOpened: EventPayload {
  /// The event's type.
  public static let type = "lem.opened"
  /// The market.
  public let lem: LEMID
  /// Its terms.
  public let terms: Terms

  /// `lem` opens on `terms`.
  public init(lem: LEMID, terms: Terms) { (self.lem, self.terms) = (lem, terms) }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    terms = try Terms(&fields)
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    terms.write(to: &writer)
  }
}

/// `tariff.published`: the DSO's retail and feed-in tariffs, which bound the price of the LEM.
public struct TariffPublished: EventPayload {
  /// The event's type.
  public static let type = "tariff.published"
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

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    let first = try fields.slot("first")
    let retail = try fields.read("retail") { (value) throws(JSONError) in try value.prices() }
    let feedIn = try fields.read("feedIn") { (value) throws(JSONError) in try value.prices() }
    slots = try SlotRange(first, curves: [retail.count, feedIn.count])
    var tariffs: [Tariff] = []
    for (feedIn, retail) in zip(feedIn, retail) {
      do {
        tariffs.append(try Tariff(feedIn: feedIn, retail: retail))
      } catch {
        throw JSONError(.value, error.sentence)
      }
    }
    self.tariffs = tariffs
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("first", slots.first)
    writer.field("retail", tariffs.map(\.retail))
    writer.field("feedIn", tariffs.map(\.feedIn))
  }
}

/// `price.forecast`: the LEM price that the operator expects, broadcast for others to plan by.
public struct PriceForecast: EventPayload {
  /// The event's type.
  public static let type = "price.forecast"
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

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    let first = try fields.slot("first")
    prices = try fields.read("price") { (value) throws(JSONError) in try value.prices() }
    slots = try SlotRange(first, curves: [prices.count])
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("first", slots.first)
    writer.field("price", prices)
  }
}

/// `gate.closed`: from here on the order books of these slots stand still until they are cleared.
public struct GateClosed: EventPayload {
  /// The event's type.
  public static let type = "gate.closed"
  /// The market.
  public let lem: LEMID
  /// The slots.
  public let slots: SlotRange

  /// The gate of `slots` in `lem` closes.
  public init(lem: LEMID, slots: SlotRange) { (self.lem, self.slots) = (lem, slots) }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    slots = try SlotRange(&fields)
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    slots.write(to: &writer)
  }
}

extension SlotRange {
  /// The slots that curves of these lengths, all the same, cover from `first` on.
  init(_ first: Slot, curves lengths: [Int]) throws(JSONError) {
    guard let count = lengths.first, lengths.allSatisfy({ $0 == count }) else {
      throw JSONError(.value, "the curves have different lengths")
    }
    self = try asJSON { () throws(QuantityError) in try SlotRange(first, count: count) }
  }

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
