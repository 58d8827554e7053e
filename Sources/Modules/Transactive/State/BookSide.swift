import Market
import Quantities

/// What is left of an order in one slot.
struct StandingOrder: Sendable {
  /// The number of its placement: orders are accepted in the order of their numbers.
  var number: Int
  var member: Int
  var limit: Order
}

/// One side of a slot's order book, in order of acceptance.
///
/// Its elements hold nothing but numbers, so that copying a book, which a rollback may need, is copying memory.
struct BookSide: Sendable {
  private(set) var orders: [StandingOrder] = []
  /// The sum over all orders in Wh.
  private(set) var energy = 0

  mutating func append(_ order: StandingOrder) {
    orders.append(order)
    energy += order.limit.energy.units
  }

  func contains(_ number: Int) -> Bool { position(of: number) != nil }

  mutating func remove(_ number: Int) {
    guard let position = position(of: number) else { return }
    energy -= orders.remove(at: position).limit.energy.units
  }

  mutating func removeAll(where isGone: (StandingOrder) -> Bool) {
    orders.removeAll(where: isGone)
    energy = orders.reduce(0) { $0 + $1.limit.energy.units }
  }

  /// Takes what was traded off the orders; those that are filled leave.
  mutating func take(_ fills: [Energy]) {
    orders = zip(orders, fills).compactMap { order, fill in
      energy -= fill.units
      let rest = Energy(units: order.limit.energy.units - fill.units)
      // Most are filled: a refusal that nobody reads would cost more than all the rest.
      guard rest > .zero, let limit = try? Order(price: order.limit.price, energy: rest) else { return nil }
      return StandingOrder(number: order.number, member: order.member, limit: limit)
    }
  }

  /// Where the order `number` stands, found by halving: numbers rise from first to last.
  private func position(of number: Int) -> Int? {
    var (low, high) = (0, orders.count)
    while low < high {
      let middle = (low + high) / 2
      if orders[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < orders.count && orders[low].number == number ? low : nil
  }
}
