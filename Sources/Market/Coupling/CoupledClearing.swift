import Quantities

/// The outcome of one slot of coupled markets.
public struct CoupledClearing: Hashable, Sendable {
  /// One market's part of it.
  public struct Market: Hashable, Sendable {
    /// What its bids buy.
    public let bought: Energy
    /// What its asks sell.
    public let sold: Energy
    /// Its price; nil where it neither trades nor passes energy on.
    public let price: Price?
    /// Its prices over all equilibria of the network; nil as ``price``.
    public let range: ClosedRange<Price>?
    /// What each bid gets, in the order of the bids.
    public let bidFills: [Energy]
    /// What each ask sells, in the order of the asks.
    public let askFills: [Energy]
  }

  /// What one line carries and earns.
  public struct Flow: Hashable, Sendable {
    /// What is sent; negative from the line's end to its start.
    public let sent: Energy
    /// What of it is lost on the way, booked to the loss account.
    public let lost: Energy
    /// The fees for what is sent.
    public let fees: Money
    /// The congestion rent: what is delivered at the price there, minus what is sent at the price here and its fees.
    ///
    /// It is zero on a line that is not full, but for the rounding of losses to whole Wh.
    public let rent: Money
  }

  /// The markets, in the order of the books.
  public let markets: [Market]
  /// The lines, in the order of the network.
  public let lines: [Flow]
  /// Bids minus asks minus fees, which this outcome makes as large as it can be.
  public let welfare: Money
}
