import Market
import Quantities

/// The uniform price by definition: every price is tried, every order sorted. Slow and obviously right.
struct Reference {
  let bids: [Order]
  let asks: [Order]
  let tariff: Tariff

  var prices: ClosedRange<Int> { tariff.feedIn.units...tariff.retail.units }

  func demand(at price: Int) -> Int { bids.filter { $0.price.units >= price }.wattHours }
  func supply(at price: Int) -> Int { asks.filter { $0.price.units <= price }.wattHours }

  /// The largest volume over all prices.
  var volume: Int { prices.map { min(demand(at: $0), supply(at: $0)) }.max()! }

  /// Whether nobody wants more or less than `clearing` gives at `price`.
  func supports(_ price: Int, _ clearing: UniformClearing) -> Bool {
    for (bid, fill) in zip(bids, clearing.bidFills) {
      if bid.price.units > price, fill != bid.energy { return false }
      if bid.price.units < price, fill != .zero { return false }
    }
    for (ask, fill) in zip(asks, clearing.askFills) {
      if ask.price.units < price, fill != ask.energy { return false }
      if ask.price.units > price, fill != .zero { return false }
    }
    return true
  }

  /// The fills of either side in the order of its list, the best price first and ties by `rule`.
  func fills(_ orders: [Order], best: (Int, Int) -> Bool, rule: MarginRule) -> [Int] {
    var fills = orders.map { _ in 0 }
    var left = volume
    for price in Set(orders.map(\.price.units)).sorted(by: best) {
      let level = orders.indices.filter { orders[$0].price.units == price }
      let wanted = level.map { orders[$0].energy.units }
      let total = min(left, wanted.reduce(0, +))
      let parts = rule == .time ? inTime(total, wanted) : inProportion(total, wanted)
      for (position, part) in zip(level, parts) { fills[position] = part }
      left -= total
    }
    return fills
  }

  private func inTime(_ total: Int, _ wanted: [Int]) -> [Int] {
    var left = total
    return wanted.map { energy in
      let fill = min(left, energy)
      left -= fill
      return fill
    }
  }

  private func inProportion(_ total: Int, _ wanted: [Int]) -> [Int] {
    let sum = wanted.reduce(0, +)
    var parts = wanted.map { $0 * total / sum }
    let order = wanted.indices.sorted { (wanted[$0] * total % sum, -$0) > (wanted[$1] * total % sum, -$1) }
    for position in order.prefix(total - parts.reduce(0, +)) { parts[position] += 1 }
    return parts
  }
}

extension [Order] {
  /// The energy of all of them.
  var wattHours: Int { reduce(0) { $0 + $1.energy.units } }
}
