import Quantities

/// Which price the deviations of a slot are settled at.
public enum SettlementPrice {
  /// The clearing price; where there was none the price that was broadcast; else the mid-market rate.
  ///
  /// - Throws: `price_out_of_bounds` where the chosen price is outside `tariff`.
  public static func choose(cleared: Price?, broadcast: Price?, within tariff: Tariff) throws(MarketError) -> Price {
    let price = cleared ?? broadcast ?? tariff.midMarketRate
    try tariff.check(price)
    return price
  }
}
