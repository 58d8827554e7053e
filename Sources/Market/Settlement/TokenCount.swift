import Quantities

/// The tokens that a member has earned: one for each whole kWh that it sold in the LEM and delivered.
///
/// Wh are counted over all slots, so a remainder below a kWh is kept, not lost.
public struct TokenCount: Hashable, Sendable {
  /// All Wh sold in the LEM, delivered and metered.
  public let sold: Energy

  /// The count behind `sold`, which is not negative.
  ///
  /// - Throws: `energy_out_of_bounds` where it is.
  public init(sold: Energy = .zero) throws(MarketError) {
    guard sold >= .zero else { throw .energy("a count of \(sold) sold is negative") }
    self.sold = sold
  }

  /// Whole tokens.
  public var tokens: Int { sold.units / 1_000 }
  /// Wh on the way to the next token, 0 … 999.
  public var remainder: Energy { Energy(wattHours: sold.units % 1_000) }

  /// The count after `energy` more was delivered, or less where a settlement is reversed.
  ///
  /// - Throws: `energy_out_of_bounds` where more is taken back than was counted; `market_overflow`.
  public func adding(_ energy: Energy) throws(MarketError) -> TokenCount {
    try TokenCount(sold: Energy(wattHours: try Amount.sum(sold.units, energy.units)))
  }
}
