import Market
import Quantities

/// What everybody may know of a slot: where it stands and what its energy costs.
public struct SlotStanding: Sendable, Hashable {
  /// `open`, `gated` or `settled`.
  public let phase: String
  /// The DSO's tariff.
  public let tariff: Tariff
  /// The price that was broadcast before.
  public let forecast: Price?
  /// The last clearing price.
  public let price: Price?
}

extension LocalMarket {
  /// How `slot` stands; nil before its tariff is published.
  public func standing(_ slot: Slot) -> SlotStanding? {
    slots[slot].map {
      SlotStanding(phase: $0.phase.rawValue, tariff: $0.tariff, forecast: $0.forecast, price: $0.price)
    }
  }
}
