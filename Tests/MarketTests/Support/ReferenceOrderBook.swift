import Market
import Quantities

/// A continuous market on plain lists: slow and obviously right. Orders are named by the number of their request.
struct ReferenceOrderBook {
  struct Resting: Equatable {
    var name: Int
    var order: BookOrder
    var left: Int
  }

  struct Fill: Equatable {
    var resting: Int
    var incoming: Int
    var energy: Int
    var price: Int
  }

  var resting: [Resting] = []
  var fills: [Fill] = []

  /// The other side's orders that `order` accepts, the best first and equal prices by time.
  private func counterparts(_ order: BookOrder) -> [Resting] {
    let limit = order.order.price
    let acceptable = resting.enumerated().filter {
      $0.element.order.side != order.side
        && (order.side == .bid ? $0.element.order.order.price <= limit : $0.element.order.order.price >= limit)
    }
    let sign = order.side == .bid ? 1 : -1
    return acceptable.sorted {
      ($0.element.order.order.price.units * sign, $0.offset) < ($1.element.order.order.price.units * sign, $1.offset)
    }.map(\.element)
  }

  mutating func submit(_ order: BookOrder, name: Int) {
    let counterparts = counterparts(order)
    if order.lifetime == .fillOrKill {
      let before = counterparts.prefix { $0.order.owner != order.owner }
      guard before.reduce(0, { $0 + $1.left }) >= order.order.energy.units else { return }
    }
    var left = order.order.energy.units
    var crossesItself = false
    for counterpart in counterparts where left > 0 {
      let energy = min(left, counterpart.left)
      left -= energy
      if counterpart.order.owner == order.owner {
        crossesItself = true
      } else {
        fills.append(
          Fill(resting: counterpart.name, incoming: name, energy: energy, price: counterpart.order.order.price.units))
        let position = resting.firstIndex { $0.name == counterpart.name }!
        resting[position].left -= energy
        if resting[position].left == 0 { resting.remove(at: position) }
      }
    }
    if left > 0, order.lifetime == .goodTillCancelled, !crossesItself {
      resting.append(Resting(name: name, order: order, left: left))
    }
  }

  mutating func cancel(_ name: Int) -> Bool {
    guard let position = resting.firstIndex(where: { $0.name == name }) else { return false }
    resting.remove(at: position)
    return true
  }

  mutating func replace(_ name: Int, with order: Order, newName: Int) -> Bool {
    guard let position = resting.firstIndex(where: { $0.name == name }) else { return false }
    let old = resting[position]
    if old.order.order.price == order.price, order.energy.units <= old.left {
      resting[position].left = order.energy.units
    } else {
      resting.remove(at: position)
      submit(BookOrder(old.order.side, order, owner: old.order.owner), name: newName)
    }
    return true
  }

  func depth(_ side: BookSide) -> [[Int]] {
    let levels = Dictionary(grouping: resting.filter { $0.order.side == side }, by: \.order.order.price.units)
    return levels.keys.sorted { side == .bid ? $0 > $1 : $0 < $1 }.map { price in
      [price, levels[price]!.reduce(0) { $0 + $1.left }]
    }
  }
}
