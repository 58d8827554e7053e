import Quantities

/// The outcome of an auction in which all buyers pay one price and all sellers get another, and the operator keeps the
/// difference.
public struct SplitClearing: Hashable, Sendable {
  /// The energy that changes hands.
  public let volume: Energy
  /// What buyers pay; nil where nothing is traded.
  public let buyerPays: Price?
  /// What sellers get, at most ``buyerPays``; nil where nothing is traded.
  public let sellerGets: Price?
  /// What the operator keeps: the volume times the difference of the two prices.
  public let operatorKeeps: Money
  /// What each bid gets, in the order of the bids.
  public let bidFills: [Energy]
  /// What each ask sells, in the order of the asks.
  public let askFills: [Energy]

  init(buyerPays: Price, sellerGets: Price, bidFills: [Int], askFills: [Int]) throws(MarketError) {
    let volume = bidFills.reduce(0, +)
    self.volume = Energy(wattHours: volume)
    self.buyerPays = volume > 0 ? buyerPays : nil
    self.sellerGets = volume > 0 ? sellerGets : nil
    operatorKeeps = Money(nanos: try Amount.product(volume, buyerPays.units - sellerGets.units))
    self.bidFills = bidFills.map { Energy(wattHours: $0) }
    self.askFills = askFills.map { Energy(wattHours: $0) }
  }

  /// The outcome in which nobody trades.
  init(nothingFor bids: Int, and asks: Int) {
    volume = .zero
    buyerPays = nil
    sellerGets = nil
    operatorKeeps = .zero
    bidFills = Array(repeating: .zero, count: bids)
    askFills = Array(repeating: .zero, count: asks)
  }
}
