import Quantities

/// A double auction in which all trade at one price.
///
/// It clears the largest volume that any price allows. The prices that support this outcome form a range: from the
/// dearer of the last accepted ask and the first bid that wanted more, to the cheaper of the last accepted bid and the
/// first ask that had more to sell, within the tariffs. `k` says where in the range the price lies: 0 favours buyers,
/// 1 sellers.
public struct UniformPrice: Hashable, Sendable {
  /// The place of the price in its range, 0 … 1.
  public let k: Ratio
  /// How orders at the marginal price share what is left.
  public let margin: MarginRule

  /// A uniform price at `k` with the margin shared by `margin`.
  public init(k: Ratio = .half, margin: MarginRule = .proRata) {
    self.k = k
    self.margin = margin
  }

  /// Clears one slot's book; the place of an order in its list is its time priority.
  ///
  /// The price is lo + ⌊k · (hi − lo)⌋. Time and memory grow linearly with the orders.
  ///
  /// - Throws: `price_out_of_bounds` where an order's price is outside `tariff`.
  public func clear(bids: [Order], asks: [Order], within tariff: Tariff) throws(MarketError) -> UniformClearing {
    let crossing = try Crossing(bids: bids, asks: asks, within: tariff)
    guard crossing.volume > 0 else { return .nothing(bids: bids.count, asks: asks.count) }
    let range = crossing.range(within: tariff)
    let price = range.lowerBound.units + k.floor(of: range.upperBound.units - range.lowerBound.units)
    return UniformClearing(
      volume: Energy(wattHours: crossing.volume), price: Price(units: price), range: range,
      bidFills: Fills.of(bids, side: .bid, margin: crossing.bids, rule: margin),
      askFills: Fills.of(asks, side: .ask, margin: crossing.asks, rule: margin))
  }
}
