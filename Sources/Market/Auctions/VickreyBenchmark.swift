import Quantities

/// What the truthful and efficient mechanism of Vickrey, Clarke and Groves would pay for the same trades.
///
/// It is reported, never applied: it runs a deficit, which somebody outside the market would have to carry.
public struct VickreyBenchmark: Hashable, Sendable {
  /// What buyers would pay: the low end of the range of equilibrium prices.
  public let buyersPay: Price
  /// What sellers would get: the high end.
  public let sellersGet: Price
  /// What would have to be added: the volume times the difference.
  public let deficit: Money

  /// The benchmark of a clearing; nil where nothing is traded.
  ///
  /// - Throws: `market_overflow` where the deficit does not fit 64 bits.
  public init?(_ clearing: UniformClearing) throws(MarketError) {
    guard let range = clearing.range else { return nil }
    buyersPay = range.lowerBound
    sellersGet = range.upperBound
    deficit = Money(
      nanos: try Amount.product(clearing.volume.units, range.upperBound.units - range.lowerBound.units))
  }
}
