import Quantities

/// The double auction at one price for all.
///
/// Volume is the largest that crossing orders allow. The price lies in the range of all equilibria, and preferences touch
/// neither. Formulae: market/RULES, "Uniform price" and "Marginal orders".
public struct UniformPrice: Hashable, Sendable {
  /// Where in the range the price lies: 0 favours buyers, 1 sellers.
  public let k: Ratio
  /// Who is served first at the margin.
  public let margin: MarginRule

  /// An auction; by default half-way, and pro rata at the margin, since time priority lets the same neighbours always win.
  public init(k: Ratio = .half, margin: MarginRule = .proRata) {
    (self.k, self.margin) = (k, margin)
  }

  /// Clears `bids` against `asks`.
  ///
  /// - Parameters:
  ///   - bids: in order of acceptance, all priced within `tariff`.
  ///   - asks: likewise.
  ///   - tariff: the grid's prices: what a missing order counts as when the range is found.
  public func clear(bids: [Order], asks: [Order], within tariff: Tariff) throws(MarketError) -> UniformClearing {
    for order in bids + asks where !tariff.contains(order.price) {
      throw .priceOutOfBounds(
        "\(order.price) is not between feed-in \(tariff.feedIn) and retail \(tariff.retail)")
    }
    let demand = try MeritOrder(bids) { $0 > $1 }
    let supply = try MeritOrder(asks) { $0 < $1 }
    let volume = Self.volume(demand, supply)
    guard volume > 0 else { return UniformClearing(bids: bids.count, asks: asks.count) }
    let (lastBid, nextBid) = demand.margin(volume)
    let (lastAsk, nextAsk) = supply.margin(volume)
    let low = max(lastAsk, nextBid ?? tariff.feedIn)
    let high = min(lastBid, nextAsk ?? tariff.retail)
    return UniformClearing(
      volume: Energy(wattHours: volume), price: Price(units: low.units + k.floor(of: high.units - low.units)),
      range: low...high, bidFills: demand.fills(volume, margin), askFills: supply.fills(volume, margin))
  }

  /// The largest min(D(p), S(p)) over all prices: walk both merit orders while the bid's price covers the ask's.
  private static func volume(_ demand: MeritOrder, _ supply: MeritOrder) -> Int {
    var (bid, ask, volume) = (0, 0, 0)
    while bid < demand.levels.count, ask < supply.levels.count,
      demand.levels[bid].price >= supply.levels[ask].price
    {
      volume = min(demand.levels[bid].upTo, supply.levels[ask].upTo)
      if demand.levels[bid].upTo <= supply.levels[ask].upTo { bid += 1 } else { ask += 1 }
    }
    return volume
  }
}

/// What an auction at one price decides.
public struct UniformClearing: Hashable, Sendable {
  /// The energy traded.
  public let volume: Energy
  /// The price of all trades; none where nothing is traded.
  public let price: Price?
  /// All prices that are equilibria.
  public let range: ClosedRange<Price>?
  /// What each bid gets, in the order of the bids.
  public let bidFills: [Energy]
  /// What each ask gives, in the order of the asks.
  public let askFills: [Energy]

  init(volume: Energy, price: Price, range: ClosedRange<Price>, bidFills: [Energy], askFills: [Energy]) {
    (self.volume, self.price, self.range) = (volume, price, range)
    (self.bidFills, self.askFills) = (bidFills, askFills)
  }

  /// Nothing is traded.
  init(bids: Int, asks: Int) {
    (volume, price, range) = (.zero, nil, nil)
    bidFills = Array(repeating: .zero, count: bids)
    askFills = Array(repeating: .zero, count: asks)
  }
}
