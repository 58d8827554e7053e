import Quantities

/// An amount in whole cents, as an invoice can ask for it, and the rest that the next one carries.
public struct InvoiceTotal: Hashable, Sendable {
  /// n-units of one cent.
  public static let nanosPerCent = 10_000_000

  /// Whole cents, rounded towards zero.
  public let cents: Int
  /// What is carried to the next invoice, less than one cent in either direction.
  public let carried: Money

  /// Rounds a period's amount and what the previous invoice carried, once.
  ///
  /// - Throws: `market_overflow` where the sum does not fit 64 bits.
  public init(_ amount: Money, carried: Money = .zero) throws(MarketError) {
    let nanos = try Amount.sum(amount.units, carried.units)
    cents = nanos / Self.nanosPerCent
    self.carried = Money(nanos: nanos % Self.nanosPerCent)
  }
}
