import Encoding
import Kernel
import Market
import Quantities

/// What a LEM is run by; fixed when it opens.
public struct Terms: Sendable, Hashable {
  /// The longest lead in slots: a week.
  public static let maximumLead = 672

  /// The one currency of its prices and accounts.
  public let currency: Currency
  /// Where its days begin.
  public let zone: TimeZoneRule
  /// How its auction finds one price.
  public let auction: UniformPrice
  /// Slots between the last moment for orders and delivery.
  public let lead: Int

  /// Terms of these parts; the defaults are those of market/RULES: k = ½, pro rata at the margin.
  public init(currency: Currency, zone: TimeZoneRule, auction: UniformPrice = UniformPrice(), lead: Int = 1) {
    precondition((0...Self.maximumLead).contains(lead), "a lead is 0 to \(Self.maximumLead) slots")
    (self.currency, self.zone, self.auction, self.lead) = (currency, zone, auction, lead)
  }

  /// Reads the members.
  init(_ fields: inout JSONFields) throws(JSONError) {
    let (currency, zone) = (try fields.string("currency"), try fields.string("zone"))
    let k = try fields.string("k")
    let margin = try fields.string("margin")
    lead = try fields.integer("lead")
    self.currency = try asJSON { () throws(QuantityError) in try Currency(currency) }
    self.zone = try asJSON { () throws(QuantityError) in try TimeZoneRule(zone) }
    guard let rule = MarginRule(rawValue: margin) else {
      throw JSONError(.value, "in \"margin\": \(quoted(margin)) is not pro-rata or time")
    }
    auction = UniformPrice(k: try asJSON { () throws(QuantityError) in try Ratio(k) }, margin: rule)
    guard (0...Self.maximumLead).contains(lead) else {
      throw JSONError(.value, "in \"lead\": \(lead) is not 0 to \(Self.maximumLead) slots")
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.field("currency", currency.code)
    writer.field("zone", zone.description)
    writer.field("k", auction.k.description)
    writer.field("margin", auction.margin.rawValue)
    writer.field("lead", lead)
  }
}

/// How many slots a LEM's gate closes before delivery.
public struct Lead: MemberValue {
  /// 0 … ``Terms/maximumLead``.
  let slots: Int

  /// Bounded.
  public static var schema: Schema { .integer(0...Terms.maximumLead, "slots") }

  /// Reads a number of slots.
  public static func read(_ value: JSONValue) throws(JSONError) -> Lead {
    let slots = try value.integer()
    guard (0...Terms.maximumLead).contains(slots) else {
      throw JSONError(.value, "\(slots) is not 0 to \(Terms.maximumLead) slots")
    }
    return Lead(slots: slots)
  }

  /// Writes it.
  public func write(to writer: inout JSONWriter) { writer.integer(slots) }
}

extension MarginRule: Choice {}
