import Encoding
import Kernel
import Quantities

// What the platform is told of transactive energy (D7.1 Table 26 and the catalogue's gaps 16 to 23).

extension AccountOpened {
  /// `account_created`.
  public static let messages = [
    MessageTemplate<Self>("M9.notif.account_created", [Field("lem_ID", \.event.lem), Field("prosumer", \.event.party)])
  ]
}

extension AccountClosed {
  /// `account_inactivated`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.account_inactivated", [Field("lem_ID", \.event.lem), Field("prosumer", \.event.party)])
  ]
}

extension PriceForecast {
  /// On the canonical subject, and on the deliverable's, which has four tokens.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.forecast_lem_price", also: ["M9.notif.forecast.lem_price"],
      [
        Field("lem_ID", \.event.lem), Field("currency") { $0.market.terms.currency },
        Field("price_kwh") { PriceCurve($0.event.slots, $0.event.prices) },
        Field("dso_price") { told in PriceCurve(told.event.slots) { told.market.tariff($0)?.retail } },
        Field("dso_feed_in") { told in PriceCurve(told.event.slots) { told.market.tariff($0)?.feedIn } },
      ])
  ]
}

extension MarketCleared {
  /// `market_cleared`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.market_cleared",
      [
        Field("lem_ID", \.event.lem), Field("currency") { $0.market.terms.currency },
        Field("price_kwh") { PriceCurve($0.event.slots, $0.event.prices) },
        Field("volume_wh") { $0.event.volumes.map(EnergySum.init) }, Field("price_hash", \.event.priceHash),
      ])
  ]
}

extension SlotSettled {
  /// `slot_settled`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.slot_settled",
      [
        Field("lem_ID", \.event.lem), Field("start") { Timestamp($0.event.slots.first.start) },
        Field("end") { Timestamp($0.event.slots.last.end) },
        Field("local_wh") { $0.event.local.map(EnergySum.init) },
        Field("imported_wh") { $0.event.imported.map(EnergySum.init) },
        Field("exported_wh") { $0.event.exported.map(EnergySum.init) },
      ])
  ]
}

extension TokenRewarded {
  /// `token_rewarded`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.token_rewarded",
      [Field("lem_ID", \.event.lem), Field("rewards") { $0.event.rewards.map(ToldReward.init) }])
  ]
}

/// A reward as messages tell it.
private struct ToldReward: WrittenValue {
  let reward: TokenRewarded.Reward

  static var schema: Schema {
    .object([
      Schema.Property(name: "prosumer", schema: PartyID.schema),
      Schema.Property(name: "energy_wh", schema: EnergySum.schema),
    ])
  }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("prosumer", reward.party)
      fields.field("energy_wh", reward.energy)
    }
  }
}

/// An array of `{"start","end","value"}`, values in currency per kWh; `null` where a slot has none.
struct PriceCurve: WrittenValue {
  private let periods: [Period<PeriodValue<Decimal<Price>?>>]

  init(_ slots: SlotRange, _ prices: [Price?]) {
    periods = zip(slots, prices).map { Period($0, PeriodValue($1.map(Decimal.init))) }
  }

  init(_ slots: SlotRange, _ price: (Slot) -> Price?) { self.init(slots, slots.map(price)) }

  static var schema: Schema { .array(Period<PeriodValue<Decimal<Price>?>>.schema) }

  func write(to writer: inout JSONWriter) { periods.write(to: &writer) }
}

extension Told where Event: MarketEvent {
  /// The LEM as it was before the event.
  var market: LocalMarket { state.lems[event.lem]! }
}
