import Quantities

/// What the grid pays for a kilowatt-hour and what it asks for one: the bounds of every price inside a LEM.
///
/// The grid is an implicit bid at the feed-in tariff and an implicit ask at the retail tariff, last in priority, so no
/// member would sell below the first or buy above the second.
public struct Tariff: Hashable, Sendable {
  /// What the grid pays for energy that is fed in.
  public let feedIn: Price
  /// What the grid asks for energy that is taken from it.
  public let retail: Price

  /// The tariffs of one slot.
  ///
  /// - Throws: `tariff_inverted` unless 0 ≤ `feedIn` ≤ `retail` ≤ ``Price/maximum``.
  public init(feedIn: Price, retail: Price) throws(MarketError) {
    guard .zero <= feedIn, feedIn <= retail, retail <= .maximum else {
      throw .tariff(
        "the feed-in tariff \(feedIn) and the retail tariff \(retail) are not in order within 0 … \(Price.maximum)")
    }
    self.feedIn = feedIn
    self.retail = retail
  }

  /// Whether `price` is one that members may name.
  public func contains(_ price: Price) -> Bool { feedIn <= price && price <= retail }

  /// ⌊(feed-in + retail) / 2⌋, the internal price of a pool that shares by the mid-market rate.
  public var midMarketRate: Price { Price(units: (feedIn.units + retail.units) / 2) }

  /// Refuses a price that members may not name.
  func check(_ price: Price) throws(MarketError) {
    guard contains(price) else {
      throw .price("the price \(price) is outside the tariffs \(feedIn) … \(retail)")
    }
  }
}
