import Quantities

/// One side of an order book, best price first, with the energy up to each price.
struct MeritOrder {
  /// All orders at one price.
  struct Level {
    var price: Price
    /// Positions of the orders, earlier first.
    var orders: [Int]
    /// Wh at this price.
    var energy: Int
    /// Wh at this price and all better ones.
    var upTo: Int
  }

  private(set) var levels: [Level] = []
  private let orders: [Order]

  /// Sorts `orders` by price, `isBetter` first; equal prices keep their order.
  init(_ orders: [Order], isBetter: (Price, Price) -> Bool) throws(MarketError) {
    self.orders = orders
    let sorted = orders.indices.sorted { a, b in
      orders[a].price == orders[b].price ? a < b : isBetter(orders[a].price, orders[b].price)
    }
    var upTo = 0
    for position in sorted {
      let (sum, overflow) = upTo.addingReportingOverflow(orders[position].energy.units)
      guard !overflow else { throw .overflow("the energy of all orders does not fit 64 bits") }
      upTo = sum
      if levels.last?.price != orders[position].price {
        levels.append(Level(price: orders[position].price, orders: [], energy: 0, upTo: upTo))
      }
      let last = levels.count - 1
      levels[last].orders.append(position)
      levels[last].energy += orders[position].energy.units
      levels[last].upTo = upTo
    }
  }

  /// The price of the last order that gives to `volume`, and that of the first which is not wholly taken.
  func margin(_ volume: Int) -> (last: Price, next: Price?) {
    let index = levels.firstIndex { $0.upTo >= volume }!
    if levels[index].upTo > volume { return (levels[index].price, levels[index].price) }
    return (levels[index].price, index + 1 < levels.count ? levels[index + 1].price : nil)
  }

  /// How `volume` is divided: better prices wholly, the last price by `rule`.
  func fills(_ volume: Int, _ rule: MarginRule) -> [Energy] {
    var fills = Array(repeating: Energy.zero, count: orders.count)
    var left = volume
    for level in levels where left > 0 {
      let taken = min(left, level.energy)
      for (position, wattHours) in zip(level.orders, divide(taken, level, rule)) {
        fills[position] = Energy(wattHours: wattHours)
      }
      left -= taken
    }
    return fills
  }

  private func divide(_ taken: Int, _ level: Level, _ rule: MarginRule) -> [Int] {
    let energies = level.orders.map { orders[$0].energy.units }
    guard taken < level.energy else { return energies }
    switch rule {
    case .proRata: return Apportionment.split(taken, by: energies)
    case .time:
      var left = taken
      return energies.map { energy in
        let fill = min(left, energy)
        left -= fill
        return fill
      }
    }
  }
}
