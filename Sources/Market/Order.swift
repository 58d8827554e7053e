import Quantities

/// A wish to buy or sell up to an amount of energy in one slot at a limit price or better.
///
/// Whether it is a bid or an ask is told by the list that holds it; its place in that list is its time priority.
public struct Order: Hashable, Sendable {
  /// The most that a bid pays, or the least that an ask takes.
  public let price: Price
  /// The most that is bought or sold.
  public let energy: Energy

  /// An order of `energy` at `price`.
  ///
  /// - Throws: `price_out_of_bounds` unless 0 ≤ `price` ≤ ``Price/maximum``; `energy_out_of_bounds` unless
  ///   0 < `energy` ≤ ``Energy/maximumPerSlot``. With these bounds the sum over any book that fits a machine's memory
  ///   fits 63 bits, and so does the price times the energy of one order.
  public init(price: Price, energy: Energy) throws(MarketError) {
    guard .zero <= price, price <= .maximum else {
      throw .price("the price \(price) is outside 0 … \(Price.maximum)")
    }
    guard .zero < energy, energy <= .maximumPerSlot else {
      throw .energy("an order of \(energy) is not one of 1 Wh … \(Energy.maximumPerSlot)")
    }
    self.price = price
    self.energy = energy
  }
}
