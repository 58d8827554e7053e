import Market
import Quantities

/// A clearing as a person reads it.
struct ClearingTable {
  private static let shownTrades = 12

  let lines: [String]

  init(_ report: ClearingReport, _ file: OrderFile, medianSeconds: Double?) throws {
    var table = TextTable()
    table.add("volume", "\(report.volume)")
    if let price = report.price { table.add("price", "\(price)") }
    if let range = report.range { table.add("equilibrium prices", "\(range.lowerBound) … \(range.upperBound)") }
    if report.price == nil, let pays = report.buyerPays, let gets = report.sellerGets {
      table.add("buyers pay", "\(pays)")
      table.add("sellers get", "\(gets)")
    }
    if report.operatorKeeps > .zero { table.add("the operator keeps", "\(report.operatorKeeps)") }
    table.add("welfare", "\(try report.welfare(file))")
    table.add("bids served", Self.served(report.bidFills, file.bids.orders))
    table.add("asks served", Self.served(report.askFills, file.asks.orders))
    if let medianSeconds {
      table.add("median time of a clearing", Decimals.text(medianSeconds * 1000, digits: 3) + " ms")
    }
    var lines = table.lines
    guard !report.trades.isEmpty else {
      self.lines = lines
      return
    }
    var trades = TextTable()
    trades.add("buyer", "seller", "energy", "price")
    for trade in report.trades.prefix(Self.shownTrades) {
      trades.add(
        file.ids[file.bids.places[trade.buyer]], file.ids[file.asks.places[trade.seller]], "\(trade.energy)",
        "\(trade.price)")
    }
    lines += [""] + trades.lines
    let hidden = report.trades.count - Self.shownTrades
    if hidden > 0 { lines.append("… and \(hidden) more; --json tells all") }
    self.lines = lines
  }

  private static func served(_ fills: [Energy], _ orders: [Order]) -> String {
    let whole = zip(fills, orders).count { $0 == $1.energy }
    let partly = zip(fills, orders).count { $0 > .zero && $0 < $1.energy }
    return "\(whole) of \(orders.count)" + (partly > 0 ? ", \(partly) in part" : "")
  }
}
