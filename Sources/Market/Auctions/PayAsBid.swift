import Quantities

/// A double auction of the same volume as the uniform price, in which each pair trades at a price of its own.
public struct PayAsBid: Hashable, Sendable {
  /// Which price a pair trades at.
  public enum Pricing: String, Sendable, CaseIterable {
    /// The buyer's limit.
    case bid
    /// The seller's limit.
    case ask
    /// ⌊(bid + ask) / 2⌋.
    case mid
  }

  /// Which price a pair trades at.
  public let pricing: Pricing
  /// How orders at the marginal price share what is left.
  public let margin: MarginRule

  /// Pay-as-bid at `pricing` with the margin shared by `margin`.
  public init(pricing: Pricing = .bid, margin: MarginRule = .proRata) {
    self.pricing = pricing
    self.margin = margin
  }

  /// Clears one slot's book and pairs it; preferences are given for every order or for none.
  ///
  /// - Throws: `price_out_of_bounds` where an order's price is outside `tariff`.
  public func clear(
    bids: [Order], asks: [Order], within tariff: Tariff, bidPreferences: [Preference] = [],
    askPreferences: [Preference] = []
  ) throws(MarketError) -> PairedClearing {
    let uniform = try UniformPrice(margin: margin).clear(bids: bids, asks: asks, within: tariff)
    let pairs = Pairing.pairs(
      bids: bids, asks: asks, bidFills: uniform.bidFills, askFills: uniform.askFills,
      bidPreferences: bidPreferences, askPreferences: askPreferences)
    let trades = pairs.map { pair in
      pair.trade(at: price(bid: bids[pair.buyer].price, ask: asks[pair.seller].price))
    }
    return PairedClearing(
      volume: uniform.volume, trades: trades, bidFills: uniform.bidFills, askFills: uniform.askFills)
  }

  private func price(bid: Price, ask: Price) -> Price {
    switch pricing {
    case .bid: bid
    case .ask: ask
    case .mid: Price(units: (bid.units + ask.units) / 2)
    }
  }
}

/// The outcome of an auction in which pairs trade at prices of their own.
public struct PairedClearing: Hashable, Sendable {
  /// The energy that changes hands.
  public let volume: Energy
  /// Who trades with whom at what price.
  public let trades: [Trade]
  /// What each bid gets, in the order of the bids.
  public let bidFills: [Energy]
  /// What each ask sells, in the order of the asks.
  public let askFills: [Energy]
}
