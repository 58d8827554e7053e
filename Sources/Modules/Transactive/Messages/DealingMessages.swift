import Encoding
import Kernel
import Quantities

extension TokenReversed {
  /// `token_reversed`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.token_reversed",
      [Field("lem_ID", \.event.lem), Field("prosumer", \.event.party), Field("energy_wh", \.event.energy)])
  ]
}

extension TokenPaidOut {
  /// `token_paid_out`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.token_paid_out",
      [
        Field("lem_ID", \.event.lem), Field("prosumer", \.event.party),
        Field("tokens") { $0.event.energy.wattHours / 1000 },
        Field("payout", \.event.payout),
      ])
  ]
}

extension InvoiceIssued {
  /// `invoice` (gap 23): the grid operator is asked to back so many tokens.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.invoice",
      [
        Field("lem_ID", \.event.lem), Field("invoice", \.event.invoice),
        Field("tokens") { $0.event.energy.energy.wattHours / 1000 },
      ])
  ]
}

extension DealAccepted {
  /// `transaction_processed` (gap 19): a deal with the hash of its price.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.transaction_processed",
      [
        Field("lem_ID", \.event.lem), Field("tx", \.event.deal), Field("prosumer") { $0.offer.seller },
        Field("destination") { $0.offer.buyer }, Field(optional: "device") { $0.offer.device },
        Field("start") { Timestamp($0.offer.slot.start) }, Field("end") { Timestamp($0.offer.slot.end) },
        Field("units") { Decimal($0.offer.energy) }, Field("price_kwh") { Decimal($0.offer.price) },
        Field("price_hash") { $0.offer.priceHash },
      ])
  ]
}

extension DealOffered {
  /// `transaction_offered`: the buyer hears of it.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.transaction_offered",
      [
        Field("lem_ID", \.event.lem), Field("tx", \.event.deal), Field("prosumer", \.event.seller),
        Field("destination", \.event.buyer), Field("start") { Timestamp($0.event.slot.start) },
        Field("end") { Timestamp($0.event.slot.end) }, Field("units") { Decimal($0.event.energy) },
        Field("price_kwh") { Decimal($0.event.price) },
      ])
  ]

  /// The hash of the price, as of one that an auction found.
  var priceHash: HexDigest {
    guard let range = try? SlotRange(slot, count: 1) else { preconditionFailure("every slot is a range of one") }
    return HexDigest(unchecked: MarketCleared.hash(lem: lem, slots: range, prices: [price]))
  }
}

extension Told<DealAccepted> {
  /// The offer that is accepted.
  fileprivate var offer: DealOffered { market.dealings.offers[event.deal]! }
}

extension LoadForecast {
  /// `forecast_load` (gap 22).
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.forecast_load",
      [
        Field("lem_ID", \.event.lem), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.energy.map(\.energy)) },
      ])
  ]
}

extension GenerationForecast {
  /// `forecast_generation` (gap 22).
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.forecast_generation",
      [
        Field("lem_ID", \.event.lem), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.energy.map(\.energy)) },
      ])
  ]
}
