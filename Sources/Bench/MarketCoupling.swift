import Market
import Quantities

/// `couple`: 100 markets of 1,000 orders each, a ring of lines with as many chords.
///
/// Market m has the orders 1000·m … of ORDERS-v1. The fees, capacities and chords are drawn from the same counter hash,
/// far behind the orders.
enum MarketCoupling {
  private static let offset: UInt64 = 1_000_000_000

  static func rows(markets: Int, ordersEach: Int) throws -> [Figure] {
    let books = try (0..<markets).map { market in
      let orders = try MarketOrders(first: market * ordersEach, count: ordersEach)
      return LocalBook(bids: orders.bids, asks: orders.asks)
    }
    let network = try Network(markets: markets, lines: (0..<2 * markets).map { try line($0, markets) })
    let tariff = try MarketOrders.tariff()
    var welfare = Money.zero
    var flow = 0
    let seconds = try Timing.median(9) {
      let clearing = try Coupling().clear(books: books, over: network, within: tariff)
      welfare = clearing.welfare
      flow = clearing.lines.reduce(0) { $0 + abs($1.sent.units) }
    }
    let parameters = "markets=\(markets) orders=\(ordersEach) lines=\(2 * markets)"
    return [
      Figure("couple", parameters, "median", seconds, "s"),
      Figure("couple", parameters, "welfare", Double(welfare.units), "n-units"),
      Figure("couple", parameters, "flow", Double(flow), "Wh"),
    ]
  }

  private static func line(_ number: Int, _ markets: Int) throws -> Line {
    func draw(_ place: Int, below bound: Int) -> Int {
      Int(MarketOrders.draw(offset + UInt64(3 * number + place)) % UInt64(bound))
    }
    let from = number % markets
    let step = number < markets ? 1 : 2 + draw(0, below: markets - 3)
    return Line(
      from: from, to: (from + step) % markets, capacity: Energy(units: 500 + draw(1, below: 20_000)),
      loss: try Ratio(0, 1), fee: Price(units: draw(2, below: 400)))
  }
}
