import Quantities

/// McAfee's double auction of equal orders, in which telling one's true price is best (McAfee 1992).
///
/// With k efficient trades, let p be the middle of the first bid and the first ask beyond them. If the k-th bid and ask
/// accept p, all k trade at p. Otherwise the k-th pair stands aside and sets the prices: k − 1 buyers pay its bid,
/// k − 1 sellers get its ask, and the operator keeps the difference.
public enum McAfee {
  /// Clears one slot's book of orders that all have the same energy.
  ///
  /// - Throws: `orders_not_equal` where energies differ; `price_out_of_bounds` where a price is outside `tariff`.
  public static func clear(bids: [Order], asks: [Order], within tariff: Tariff) throws(MarketError) -> SplitClearing {
    for order in bids + asks { try tariff.check(order.price) }
    guard let unit = bids.first?.energy, !asks.isEmpty else {
      return SplitClearing(nothingFor: bids.count, and: asks.count)
    }
    for order in bids + asks where order.energy != unit {
      throw .unequalOrders("orders of \(unit) and of \(order.energy) stand in one book of equal orders")
    }
    let dear = MeritOrder.of(bids: bids)
    let cheap = MeritOrder.of(asks: asks)
    let efficient = zip(dear, cheap).prefix { bids[$0].price >= asks[$1].price }.count
    guard efficient > 0 else { return SplitClearing(nothingFor: bids.count, and: asks.count) }
    let bid = bids[dear[efficient - 1]].price
    let ask = asks[cheap[efficient - 1]].price
    if let middle = middle(bids, asks, dear, cheap, beyond: efficient), ask <= middle, middle <= bid {
      return try outcome(middle, middle, dear.prefix(efficient), cheap.prefix(efficient), bids, asks)
    }
    return try outcome(bid, ask, dear.prefix(efficient - 1), cheap.prefix(efficient - 1), bids, asks)
  }

  private static func middle(_ bids: [Order], _ asks: [Order], _ dear: [Int], _ cheap: [Int], beyond: Int) -> Price? {
    guard beyond < dear.count, beyond < cheap.count else { return nil }
    return Price(units: (bids[dear[beyond]].price.units + asks[cheap[beyond]].price.units) / 2)
  }

  private static func outcome(
    _ buyerPays: Price, _ sellerGets: Price, _ buyers: ArraySlice<Int>, _ sellers: ArraySlice<Int>, _ bids: [Order],
    _ asks: [Order]
  ) throws(MarketError) -> SplitClearing {
    var bidFills = bids.map { _ in 0 }
    var askFills = asks.map { _ in 0 }
    for position in buyers { bidFills[position] = bids[position].energy.units }
    for position in sellers { askFills[position] = asks[position].energy.units }
    return try SplitClearing(buyerPays: buyerPays, sellerGets: sellerGets, bidFills: bidFills, askFills: askFills)
  }
}
