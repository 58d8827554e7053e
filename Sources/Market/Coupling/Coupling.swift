import Quantities

/// The coupling of local energy markets over lines with limits, losses and fees.
///
/// The outcome maximises the bids' limits minus the asks' limits minus fees over all markets together. Without losses it
/// is exact: no other outcome in whole Wh has more welfare, and none of equal welfare has less total flow. Losses make
/// the price of a line depend on the price at its far end; the fixed point of both is iterated, every step exact for the
/// losses of the one before, and the result balances to the last Wh. Lines that lose a quarter or more may then carry
/// less than would be best, and earn a rent for it.
public struct Coupling: Hashable, Sendable {
  /// Where each market's price lies in its range, 0 … 1.
  public let k: Ratio
  /// How orders at a market's marginal price share what is left.
  public let margin: MarginRule

  /// Coupling with prices at `k` and margins shared by `margin`.
  public init(k: Ratio = .half, margin: MarginRule = .proRata) {
    self.k = k
    self.margin = margin
  }

  /// Clears one slot of all markets together.
  ///
  /// - Parameters:
  ///   - books: one for each market of `network`.
  /// - Precondition: there are as many books as markets.
  /// - Throws: `price_out_of_bounds` where an order's price is outside `tariff`; `market_overflow`.
  public func clear(
    books: [LocalBook], over network: Network, within tariff: Tariff
  ) throws(MarketError) -> CoupledClearing {
    precondition(books.count == network.markets, "a market lacks its book")
    for book in books {
      for order in book.bids { try tariff.check(order.price) }
      for order in book.asks { try tariff.check(order.price) }
    }
    var iteration = LossIteration(books: books, network: network, tariff: tariff)
    while try !iteration.step(k: k) {}
    return try outcome(books, tariff, network, iteration)
  }

  private func outcome(
    _ books: [LocalBook], _ tariff: Tariff, _ network: Network, _ solution: LossIteration
  ) throws(MarketError) -> CoupledClearing {
    var welfare = 0
    var markets: [CoupledClearing.Market] = []
    for (number, book) in books.enumerated() {
      let market = try self.market(book, tariff, solution, number)
      let own = try Welfare.of(
        bids: book.bids, asks: book.asks, bidFills: market.bidFills, askFills: market.askFills)
      welfare = try Amount.sum(welfare, own.units)
      markets.append(market)
    }
    var flows: [CoupledClearing.Flow] = []
    for (number, line) in network.lines.enumerated() {
      let flow = try self.flow(line, sent: solution.flows[number], solution.prices)
      welfare = try Amount.sum(welfare, -flow.fees.units)
      flows.append(flow)
    }
    return CoupledClearing(markets: markets, lines: flows, welfare: Money(nanos: welfare))
  }

  private func market(
    _ book: LocalBook, _ tariff: Tariff, _ solution: LossIteration, _ number: Int
  ) throws(MarketError) -> CoupledClearing.Market {
    let crossing = try Crossing(
      bids: book.bids, asks: book.asks, within: tariff, exported: solution.exports[number])
    let bidFills = Fills.of(book.bids, side: .bid, margin: crossing.bids, rule: margin)
    let askFills = Fills.of(book.asks, side: .ask, margin: crossing.asks, rule: margin)
    let bought = bidFills.reduce(0) { $0 + $1.units }
    let sold = askFills.reduce(0) { $0 + $1.units }
    let isActive = bought + sold > 0 || solution.isPassedThrough(number)
    let range = Price(units: solution.lowest[number])...Price(units: solution.highest[number])
    return CoupledClearing.Market(
      bought: Energy(wattHours: bought), sold: Energy(wattHours: sold),
      price: isActive ? Price(units: solution.prices[number]) : nil, range: isActive ? range : nil,
      bidFills: bidFills, askFills: askFills)
  }

  private func flow(_ line: Line, sent: Int, _ prices: [Int]) throws(MarketError) -> CoupledClearing.Flow {
    let energy = Int(sent.magnitude)
    let lost = line.lost(of: energy)
    let (start, end) = sent >= 0 ? (line.from, line.to) : (line.to, line.from)
    let fees = try Amount.product(energy, line.fee.units)
    let gained = try Amount.sum(
      try Amount.product(energy - lost, prices[end]), -(try Amount.product(energy, prices[start])))
    return CoupledClearing.Flow(
      sent: Energy(wattHours: sent), lost: Energy(wattHours: lost), fees: Money(nanos: fees),
      rent: Money(nanos: try Amount.sum(gained, -fees)))
  }
}
