import Quantities

/// A limit order for one slot: some energy, at a price or better.
public struct Order: Hashable, Sendable {
  /// The highest price of a bid, the lowest of an ask.
  public let price: Price
  /// How much, more than zero.
  public let energy: Energy

  /// An order of `energy`, 1 Wh to `Energy.maximumPerSlot`, at a price from 0 to `Price.maximum`.
  public init(price: Price, energy: Energy) throws(MarketError) {
    guard energy > .zero, energy <= .maximumPerSlot else {
      throw .energyNotPositive("an order has more than 0 and at most \(Energy.maximumPerSlot), not \(energy)")
    }
    guard .zero <= price, price <= .maximum else {
      throw .priceOutOfBounds("\(price) is not between 0 and \(Price.maximum)")
    }
    (self.price, self.energy) = (price, energy)
  }
}

/// Who is served first among orders at the margin's price.
public enum MarginRule: String, Sendable, Hashable, CaseIterable {
  /// All in proportion to their energy, by largest remainder.
  case proRata = "pro-rata"
  /// The earlier order first.
  case time
}
