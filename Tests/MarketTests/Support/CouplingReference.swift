import Market
import Quantities

/// Coupled markets by trying every flow on every line: slow and obviously right.
struct CouplingReference {
  let books: [LocalBook]
  let lines: [Line]

  /// The largest welfare, and the least total flow that reaches it.
  func best() -> (welfare: Int, flow: Int) {
    var best = (welfare: Int.min, flow: 0)
    var flows = lines.map { -$0.capacity.units }
    while true {
      let total = flows.reduce(0) { $0 + abs($1) }
      if let welfare = welfare(flows), (welfare, -total) > (best.welfare, -best.flow) { best = (welfare, total) }
      guard let position = flows.indices.first(where: { flows[$0] < lines[$0].capacity.units }) else { return best }
      flows[position] += 1
      for earlier in 0..<position { flows[earlier] = -lines[earlier].capacity.units }
    }
  }

  /// The welfare with these flows; nil where a market cannot carry what they ask of it.
  func welfare(_ flows: [Int]) -> Int? {
    var exports = books.map { _ in 0 }
    var welfare = 0
    for (line, flow) in zip(lines, flows) {
      let (start, end) = flow >= 0 ? (line.from, line.to) : (line.to, line.from)
      let lost = (abs(flow) * line.loss.numerator + line.loss.denominator - 1) / line.loss.denominator
      exports[start] += abs(flow)
      exports[end] -= abs(flow) - lost
      welfare -= abs(flow) * line.fee.units
    }
    for (book, export) in zip(books, exports) {
      guard let own = own(book, export) else { return nil }
      welfare += own
    }
    return welfare
  }

  /// The welfare of one market's orders where it must export `export` Wh.
  private func own(_ book: LocalBook, _ export: Int) -> Int? {
    let bids = book.bids.flatMap { Array(repeating: $0.price.units, count: $0.energy.units) }.sorted(by: >)
    let asks = book.asks.flatMap { Array(repeating: $0.price.units, count: $0.energy.units) }.sorted()
    var best: Int?
    for bought in 0...bids.count where (0...asks.count).contains(bought + export) {
      let welfare = bids.prefix(bought).reduce(0, +) - asks.prefix(bought + export).reduce(0, +)
      best = max(best ?? welfare, welfare)
    }
    return best
  }
}
