import Quantities

/// Sharing of a pool whose origin nobody can trace: surplus and shortage meet inside at one price, the rest meets the grid.
///
/// Formulae: market/RULES, "Sharing". All payments and the grid's sum to zero.
public struct PoolShare: Hashable, Sendable {
  /// What each member receives, in the order of the members; negative where it pays.
  public let payments: [Money]
  /// What the grid receives; negative where it pays.
  public let grid: Money
  /// What the pool gives to the grid; negative where it takes.
  public let gridEnergy: Energy

  /// Shares a slot.
  ///
  /// - Parameters:
  ///   - net: each member's energy, positive where it gives to the pool.
  ///   - price: the pool's own price, within `tariff`.
  ///   - tariff: the grid's prices.
  public static func settle(
    net: [Energy], at price: Price, within tariff: Tariff
  ) throws(MarketError) -> PoolShare {
    guard tariff.contains(price) else {
      throw .priceOutOfBounds("\(price) is not between feed-in \(tariff.feedIn) and retail \(tariff.retail)")
    }
    return try asMarket { () throws(QuantityError) in
      let given = net.map { max($0, .zero) }
      let taken = net.map { max(-$0, .zero) }
      let (exports, imports) = (try given.sum(), try taken.sum())
      let inside = min(exports, imports)
      let receipts = try price * inside + tariff.feedIn * (exports - inside)
      let costs = try price * inside + tariff.retail * (imports - inside)
      let earned = Apportionment.split(receipts.units, by: given.map(\.units))
      let owed = Apportionment.split(costs.units, by: taken.map(\.units))
      return PoolShare(
        payments: zip(earned, owed).map { Money(nanos: $0 - $1) }, grid: try costs - receipts,
        gridEnergy: try exports - imports)
    }
  }
}
