import Quantities

/// The net of all trades that the members made for one slot, over all its auctions and books.
public struct Commitments: Hashable, Sendable {
  /// What each member sold (positive) or bought (negative).
  public private(set) var net: [Energy]
  /// What each member earned (positive) or spent (negative) by its trades.
  public private(set) var payments: [Money]

  /// No trades among `members` members.
  public init(members: Int) {
    net = Array(repeating: .zero, count: members)
    payments = Array(repeating: .zero, count: members)
  }

  /// Enters a trade between two members.
  ///
  /// - Throws: `market_overflow`; the commitments are then unchanged.
  public mutating func enter(
    _ energy: Energy, at price: Price, from seller: Int, to buyer: Int
  ) throws(MarketError) {
    let money = try Amount.product(energy.units, price.units)
    var next = self
    next.net[seller] = Energy(wattHours: try Amount.sum(net[seller].units, energy.units))
    next.net[buyer] = Energy(wattHours: try Amount.sum(next.net[buyer].units, -energy.units))
    next.payments[seller] = Money(nanos: try Amount.sum(payments[seller].units, money))
    next.payments[buyer] = Money(nanos: try Amount.sum(next.payments[buyer].units, -money))
    self = next
  }
}
