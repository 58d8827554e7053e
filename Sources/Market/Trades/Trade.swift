import Quantities

/// Energy that one bid buys from one ask.
public struct Trade: Hashable, Sendable {
  /// The position of the bid.
  public let buyer: Int
  /// The position of the ask.
  public let seller: Int
  /// What changes hands.
  public let energy: Energy
  /// What the buyer pays and the seller gets for it.
  public let price: Price
}
