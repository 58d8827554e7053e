import Quantities

/// Where demand meets supply: the volume and the margin of either side.
struct Crossing {
  /// The end of the accepted part of one side.
  struct Margin {
    /// The price of the last accepted order; nil where none is.
    let last: Int?
    /// The price of the first order that is wholly or partly left over.
    let next: Int?
    /// What the orders at ``last`` share among them; nil where all of them are filled.
    let left: Int?
  }

  let volume: Int
  let bids: Margin
  let asks: Margin

  /// The prices at which the outcome is an equilibrium.
  func range(within tariff: Tariff) -> ClosedRange<Price> {
    let lowest = max(asks.last ?? tariff.feedIn.units, bids.next ?? tariff.feedIn.units)
    let highest = min(bids.last ?? tariff.retail.units, asks.next ?? tariff.retail.units)
    return Price(units: lowest)...Price(units: highest)
  }
}

extension Crossing {
  /// Finds the crossing of a book.
  ///
  /// - Parameters:
  ///   - exported: Wh that the book must give away at any price (positive) or gets at any price (negative); it counts as
  ///     demand before every bid, or as supply before every ask, and must be no more than the book's own supply or demand.
  init(bids: [Order], asks: [Order], within tariff: Tariff, exported: Int = 0) throws(MarketError) {
    let pivot = try CrossingSearch.pivot(bids: bids, asks: asks, within: tariff, exported: exported)
    let volume = max(pivot.demandAt, pivot.supplyBelow)
    self.volume = volume
    self.bids = Self.bidMargin(bids, pivot, volume)
    self.asks = Self.askMargin(asks, pivot, volume)
  }

  private static func bidMargin(_ bids: [Order], _ pivot: Pivot, _ volume: Int) -> Margin {
    let (below, atOrAbove) = CrossingSearch.neighbours(of: pivot.price, in: bids)
    if pivot.demandAt == volume { return Margin(last: atOrAbove, next: below, left: nil) }
    return Margin(last: below, next: below, left: volume - pivot.demandAt)
  }

  private static func askMargin(_ asks: [Order], _ pivot: Pivot, _ volume: Int) -> Margin {
    if pivot.supplyBelow == volume {
      let (below, atOrAbove) = CrossingSearch.neighbours(of: pivot.price, in: asks)
      return Margin(last: below, next: atOrAbove, left: nil)
    }
    if pivot.supplyAt > volume {
      return Margin(last: pivot.price, next: pivot.price, left: volume - pivot.supplyBelow)
    }
    let (_, above) = CrossingSearch.neighbours(of: pivot.price + 1, in: asks)
    return Margin(last: pivot.price, next: above, left: nil)
  }
}

/// The lowest price at which supply covers demand.
///
/// Just below it demand exceeds supply, so the largest volume is cleared at it or just below it.
struct Pivot {
  let price: Int
  /// Demand of the bids at this price or more.
  let demandAt: Int
  /// Supply of the asks below this price.
  let supplyBelow: Int
  /// Supply of the asks at this price or less.
  let supplyAt: Int
}
