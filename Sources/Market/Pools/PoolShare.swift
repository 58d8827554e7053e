import Quantities

/// What the members of a pool receive and pay for one slot.
///
/// Energy in a pool has no origin, so there is no auction: what is injected and withdrawn at the same time is shared at
/// an internal price, and the rest is the grid's, at its tariffs. Units that do not divide go by largest remainder, ties
/// by position; the grid's account takes the balance.
public struct PoolShare: Hashable, Sendable {
  /// The most that one member injects or withdraws in a slot: 100 GWh, above all that a party can come to deviate by when
  /// it trades the largest book in every round and then does nothing. What was accepted must never be impossible to pay.
  public static let maximumNet = Energy(wattHours: 100_000_000_000)

  /// What each member receives (positive) or pays (negative), in the order of the members.
  public let payments: [Money]
  /// What the grid's account receives (positive) or pays (negative): minus the sum of ``payments``.
  public let grid: Money
  /// What the pool feeds into the grid (positive) or takes from it (negative): the sum of the net positions.
  public let gridEnergy: Energy

  /// Shares the net positions of one slot, positive where a member injects, at one internal price.
  ///
  /// With E Wh injected, I withdrawn and T = min(E, I), exporters share T·p + (E − T)·F and importers T·p + (I − T)·R,
  /// each in proportion to its Wh.
  ///
  /// - Throws: `price_out_of_bounds` where `price` is outside `tariff`; `energy_out_of_bounds` where a position exceeds
  ///   ``maximumNet`` in either direction; `market_overflow` where a total does not fit 64 bits.
  public static func settle(
    net: [Energy], at price: Price, within tariff: Tariff
  ) throws(MarketError) -> PoolShare {
    try tariff.check(price)
    let pool = try PoolBalance(net: net)
    let inside = try Amount.product(pool.inside, price.units)
    return try pool.share(
      credit: try Amount.sum(inside, try Amount.product(pool.exported - pool.inside, tariff.feedIn.units)),
      charge: try Amount.sum(inside, try Amount.product(pool.imported - pool.inside, tariff.retail.units)))
  }

  /// What several slots come to, member by member.
  ///
  /// - Precondition: all shares have the same members.
  /// - Throws: `market_overflow` where a total does not fit 64 bits.
  public static func sum(of shares: [PoolShare]) throws(MarketError) -> PoolShare {
    var payments = Array(repeating: 0, count: shares.first?.payments.count ?? 0)
    var (grid, gridEnergy) = (0, 0)
    for share in shares {
      precondition(share.payments.count == payments.count, "the members change between slots")
      for (member, payment) in share.payments.enumerated() {
        payments[member] = try Amount.sum(payments[member], payment.units)
      }
      grid = try Amount.sum(grid, share.grid.units)
      gridEnergy = try Amount.sum(gridEnergy, share.gridEnergy.units)
    }
    return PoolShare(
      payments: payments.map { Money(nanos: $0) }, grid: Money(nanos: grid),
      gridEnergy: Energy(wattHours: gridEnergy))
  }
}
