import Market
import Quantities

/// `clear-1m`: one slot of 100 … 1,000,000 orders; `clear-day`: 96 slots of 10,000.
enum MarketClearing {
  /// One slot of as many orders as each of `counts`.
  static func slot(_ counts: [Int]) throws -> [Figure] {
    let tariff = try MarketOrders.tariff()
    var measures: [Figure] = []
    for count in counts {
      let book = try MarketOrders(count: count)
      for rule in MarginRule.allCases {
        let auction = UniformPrice(margin: rule)
        let clearing = try auction.clear(bids: book.bids, asks: book.asks, within: tariff)
        let seconds = try Timing.median(max(15, min(50, 10_000_000 / count)), batch: max(1, 10_000 / count)) {
          Timing.keep(try auction.clear(bids: book.bids, asks: book.asks, within: tariff))
        }
        let parameters = "orders=\(count) margin=\(rule.rawValue)"
        measures += [
          Figure("clear-1m", parameters, "median", seconds, "s"),
          Figure("clear-1m", parameters, "volume", Double(clearing.volume.units), "Wh"),
          Figure("clear-1m", parameters, "price", Double(clearing.price?.units ?? -1), "µ/kWh"),
        ]
      }
    }
    let bytes = MemoryLayout<Order>.stride + MemoryLayout<Energy>.stride
    return measures + [Figure("clear-1m", "", "memory of an order and its fill", Double(bytes), "B")]
  }

  /// A market day of 96 slots, each of `count` orders.
  static func day(_ count: Int) throws -> [Figure] {
    let tariff = try MarketOrders.tariff()
    let books = try (0..<96).map { try MarketOrders(first: $0 * count, count: count) }
    let seconds = try Timing.median(15) {
      for book in books { Timing.keep(try UniformPrice().clear(bids: book.bids, asks: book.asks, within: tariff)) }
    }
    return [Figure("clear-day", "slots=96 orders=\(count)", "median", seconds, "s")]
  }
}
