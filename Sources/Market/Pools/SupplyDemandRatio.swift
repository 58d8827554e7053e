import Quantities

/// Sharing at prices that follow the ratio of supply to demand (Liu et al., IEEE Trans. Power Systems 2017).
///
/// With s = E/I: s ≥ 1 sells and buys at the feed-in tariff F; s < 1 sells at F·R / ((R − F)·s + F) and buys at the mix
/// of that price and the retail tariff R, so that the grid gets exactly R for what it delivers. The prices stay
/// fractions; only the exporters' total is rounded, down to whole n-units.
public enum SupplyDemandRatio {
  /// Shares the net positions of one slot, positive where a member injects.
  ///
  /// - Throws: `energy_out_of_bounds` and `market_overflow` as ``PoolShare/settle(net:at:within:)`` does.
  public static func settle(net: [Energy], within tariff: Tariff) throws(MarketError) -> PoolShare {
    let pool = try PoolBalance(net: net)
    let feedIn = tariff.feedIn.units
    let retail = tariff.retail.units
    if pool.exported >= pool.imported {
      return try pool.share(
        credit: try Amount.product(pool.exported, feedIn), charge: try Amount.product(pool.imported, feedIn))
    }
    let credit = try credit(Int128(pool.exported), Int128(pool.imported), Int128(feedIn), Int128(retail))
    let delivered = try Amount.product(pool.imported - pool.exported, retail)
    return try pool.share(credit: credit, charge: try Amount.sum(credit, delivered))
  }

  /// ⌊E·F·R·I / ((R − F)·E + F·I)⌋, what E Wh earn at the selling price.
  private static func credit(
    _ exported: Int128, _ imported: Int128, _ feedIn: Int128, _ retail: Int128
  ) throws(MarketError) -> Int {
    guard exported > 0, feedIn > 0 else { return 0 }
    let divisor = (retail - feedIn) * exported + feedIn * imported
    let (energy, first) = exported.multipliedReportingOverflow(by: imported)
    let (product, second) = energy.multipliedReportingOverflow(by: feedIn * retail)
    guard !first, !second, let credit = Int(exactly: product / divisor) else {
      throw .overflow("sharing \(exported) Wh among demand of \(imported) Wh does not fit the arithmetic")
    }
    return credit
  }
}
