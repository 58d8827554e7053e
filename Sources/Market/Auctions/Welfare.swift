import Quantities

/// What a clearing is worth to all together: the bids' limits minus the asks' limits over the energy that trades.
public enum Welfare {
  /// The welfare of the fills of one book, in n-units.
  ///
  /// - Throws: `market_overflow` where it does not fit 64 bits.
  public static func of(
    bids: [Order], asks: [Order], bidFills: [Energy], askFills: [Energy]
  ) throws(MarketError) -> Money {
    var total: Int128 = 0
    for (bid, fill) in zip(bids, bidFills) { total += Int128(bid.price.units * fill.units) }
    for (ask, fill) in zip(asks, askFills) { total -= Int128(ask.price.units * fill.units) }
    guard let nanos = Int(exactly: total) else { throw .overflow("a welfare of \(total) does not fit 64 bits") }
    return Money(nanos: nanos)
  }
}
