import Quantities

/// The outcome of a uniform-price auction.
public struct UniformClearing: Hashable, Sendable {
  /// The energy that changes hands.
  public let volume: Energy
  /// What every Wh of it costs; nil where nothing is traded.
  public let price: Price?
  /// All prices at which nobody would want another outcome; nil where nothing is traded.
  public let range: ClosedRange<Price>?
  /// What each bid gets, in the order of the bids.
  public let bidFills: [Energy]
  /// What each ask sells, in the order of the asks.
  public let askFills: [Energy]

  /// The outcome in which nobody trades.
  static func nothing(bids: Int, asks: Int) -> UniformClearing {
    UniformClearing(
      volume: .zero, price: nil, range: nil, bidFills: Array(repeating: .zero, count: bids),
      askFills: Array(repeating: .zero, count: asks))
  }
}

extension UniformClearing {
  /// Who traded with whom, each at the clearing price; preferences are given for every order or for none.
  ///
  /// - Parameters:
  ///   - bids: the book that was cleared, and so `asks`.
  public func trades(
    bids: [Order], asks: [Order], bidPreferences: [Preference] = [], askPreferences: [Preference] = []
  ) -> [Trade] {
    guard let price else { return [] }
    return Pairing.pairs(
      bids: bids, asks: asks, bidFills: bidFills, askFills: askFills, bidPreferences: bidPreferences,
      askPreferences: askPreferences
    ).map { $0.trade(at: price) }
  }
}
