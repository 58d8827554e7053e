import Quantities

/// What the grid pays and asks in a slot: the bounds of every price in a LEM.
public struct Tariff: Hashable, Sendable {
  /// What the grid pays for energy.
  public let feedIn: Price
  /// What the grid asks for energy.
  public let retail: Price

  /// A tariff with `0 ≤ feedIn ≤ retail ≤ Price.maximum`.
  public init(feedIn: Price, retail: Price) throws(MarketError) {
    guard .zero <= feedIn, feedIn <= retail, retail <= .maximum else {
      throw .tariffInverted("feed-in \(feedIn) and retail \(retail) are not in order between 0 and \(Price.maximum)")
    }
    (self.feedIn, self.retail) = (feedIn, retail)
  }

  /// Whether `price` lies within the bounds.
  public func contains(_ price: Price) -> Bool { feedIn <= price && price <= retail }

  /// ⌊(feed-in + retail) / 2⌋.
  public var midMarketRate: Price { Price(units: (feedIn.units + retail.units) / 2) }
}
