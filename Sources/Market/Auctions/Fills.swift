import Quantities

/// What each order of one side gets, once the margin is known.
enum Fills {
  enum Side {
    case bid, ask
  }

  /// The fills of `orders`, in their order.
  static func of(_ orders: [Order], side: Side, margin: Crossing.Margin, rule: MarginRule) -> [Energy] {
    guard let last = margin.last else { return Array(repeating: .zero, count: orders.count) }
    // Whether a price is accepted becomes one comparison: the sign of (price − bound) · direction.
    let direction = side == .bid ? 1 : -1
    let bound = margin.left == nil ? last &- direction : last
    var fills = [Energy](unsafeUninitializedCapacity: orders.count) { fills, count in
      for (position, order) in orders.enumerated() {
        let accepted = (order.price.units &- bound) &* direction > 0
        (fills.baseAddress! + position).initialize(to: accepted ? order.energy : .zero)
      }
      count = orders.count
    }
    if let left = margin.left { share(left, among: orders, at: last, rule, &fills) }
    return fills
  }

  private static func share(
    _ left: Int, among orders: [Order], at price: Int, _ rule: MarginRule, _ fills: inout [Energy]
  ) {
    let positions = orders.indices.filter { orders[$0].price.units == price }
    switch rule {
    case .time:
      var left = left
      for position in positions where left > 0 {
        let fill = min(left, orders[position].energy.units)
        fills[position] = Energy(wattHours: fill)
        left -= fill
      }
    case .proRata:
      let parts = Apportionment.split(left, by: positions.map { orders[$0].energy.units })
      for (position, part) in zip(positions, parts) { fills[position] = Energy(wattHours: part) }
    }
  }
}
