import Quantities

/// Who is recorded as having traded with whom, before any price is put on it.
public struct Pair: Hashable, Sendable {
  /// The position of the bid.
  public let buyer: Int
  /// The position of the ask.
  public let seller: Int
  /// What changes hands.
  public let energy: Energy

  /// A pair of the bid and the ask at two positions.
  public init(buyer: Int, seller: Int, energy: Energy) {
    self.buyer = buyer
    self.seller = seller
    self.energy = energy
  }

  /// The trade at `price`.
  public func trade(at price: Price) -> Trade { Trade(buyer: buyer, seller: seller, energy: energy, price: price) }
}
