import Market
import Quantities

/// `clear-1m`: one slot of 100 … 1,000,000 orders; `clear-day`: 96 slots of 10,000.
enum MarketClearing {
  static func rows() throws -> [MarketRow] {
    let tariff = try MarketOrders.tariff()
    var rows: [MarketRow] = []
    for count in [100, 1_000, 10_000, 100_000, 1_000_000] {
      let book = try MarketOrders(count: count)
      for rule in MarginRule.allCases {
        let auction = UniformPrice(margin: rule)
        let seconds = try MarketTiming.median(max(15, min(2_000, 10_000_000 / count))) {
          keep(try auction.clear(bids: book.bids, asks: book.asks, within: tariff))
        }
        rows.append(
          MarketRow(
            row: "clear-1m", parameters: "orders=\(count) margin=\(rule.rawValue)", measure: "median", value: seconds,
            unit: "s"))
      }
    }
    rows.append(try day(tariff))
    return rows + memory()
  }

  private static func day(_ tariff: Tariff) throws -> MarketRow {
    let books = try (0..<96).map { try MarketOrders(first: $0 * 10_000, count: 10_000) }
    let seconds = try MarketTiming.median(15) {
      for book in books { keep(try UniformPrice().clear(bids: book.bids, asks: book.asks, within: tariff)) }
    }
    return MarketRow(
      row: "clear-day", parameters: "slots=96 orders=10000", measure: "median", value: seconds, unit: "s")
  }

  /// What an order and its fill take in memory.
  private static func memory() -> [MarketRow] {
    [
      MarketRow(
        row: "clear-1m", parameters: "order and fill", measure: "memory",
        value: Double(MemoryLayout<Order>.stride + MemoryLayout<Energy>.stride), unit: "B")
    ]
  }

  /// Keeps the optimiser from dropping what nobody reads.
  @inline(never) @_optimize(none) static func keep<Value>(_ value: Value) {}
}
