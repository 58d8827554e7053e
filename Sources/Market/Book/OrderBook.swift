import Quantities

/// A continuous market: orders trade as they come, by price, then time, at the price of the order that was there before.
///
/// Every request appends to a list of events what it did, so that whoever reads the events knows the book. A party never
/// trades with itself: where a newer order meets an older one of its owner, the overlapping energy of the newer is
/// cancelled, and what would then rest across the older one is cancelled too, since a book never stands crossed.
///
/// A request costs the orders that it trades with and a step or two for each level of the price tree; nothing is sorted
/// and nothing allocated once the arena has grown.
public struct OrderBook: Sendable {
  /// The most orders that may rest unless a smaller limit is given.
  public static let maximumResting = 4_000_000

  /// The bounds of its prices.
  public let tariff: Tariff
  /// The most orders that may rest.
  public let limit: Int
  /// How many orders rest.
  public private(set) var resting = 0
  private var queues: BookQueues

  /// An empty book.
  ///
  /// - Parameters:
  ///   - limit: how many orders may rest; more are refused with `book_full`.
  ///   - capacity: how many are expected, so that memory is taken at once.
  public init(within tariff: Tariff, limit: Int = maximumResting, capacity: Int = 0) {
    self.tariff = tariff
    self.limit = min(limit, Self.maximumResting)
    queues = BookQueues(tariff, capacity: min(capacity, self.limit))
  }

  /// The best price of a side; nil where nobody stands there.
  public func best(_ side: BookSide) -> Price? { queues.best(side).map { Price(units: $0) } }

  /// What the orders of a side want together at each price, the best price first.
  public func depth(_ side: BookSide) -> [BookLevel] {
    var depth: [BookLevel] = []
    var price = queues.best(side)
    while let units = price {
      depth.append(BookLevel(price: Price(units: units), energy: Energy(wattHours: queues.level(at: units).energy)))
      price = queues.next(side, after: units)
    }
    return depth
  }

  /// What is left of a resting order; nil where it is no longer in the book.
  public func energy(of id: BookOrderID) -> Energy? {
    queues.contains(id) ? Energy(wattHours: queues.nodes[Int(id.index)].left) : nil
  }

  /// Takes an order: it trades with what is there, and rests or is cancelled as its lifetime says.
  ///
  /// - Throws: `price_out_of_bounds` or `book_full`.
  @discardableResult
  public mutating func submit(_ order: BookOrder, _ events: inout [BookEvent]) throws(BookError) -> BookOrderID {
    guard tariff.contains(order.order.price) else {
      throw .price("the price \(order.order.price) is outside the tariffs \(tariff.feedIn) … \(tariff.retail)")
    }
    guard resting < limit else { throw .full("\(limit) orders rest in the book, which is its limit") }
    let index = queues.make(order)
    let id = queues.id(index)
    events.append(.accepted(id))
    if order.lifetime == .fillOrKill, !canFill(order) {
      cancelRest(index, id, .notFilled, &events)
      return id
    }
    let crossesItself = match(index, id, &events)
    let left = queues.nodes[Int(index)].left
    if left == 0 {
      queues.discard(index)
    } else if order.lifetime != .goodTillCancelled {
      cancelRest(index, id, .immediate, &events)
    } else if crossesItself {
      cancelRest(index, id, .selfTrade, &events)
    } else {
      queues.append(index)
      resting += 1
      events.append(.rested(id, energy: Energy(wattHours: left)))
      tellLevel(order.side, order.order.price.units, &events)
    }
    return id
  }

  /// Takes a resting order out.
  ///
  /// - Throws: `order_unknown`.
  public mutating func cancel(_ id: BookOrderID, _ events: inout [BookEvent]) throws(BookError) {
    guard queues.contains(id) else { throw .unknownOrder }
    let node = queues.nodes[Int(id.index)]
    queues.unlink(id.index)
    queues.discard(id.index)
    resting -= 1
    events.append(.cancelled(id, energy: Energy(wattHours: node.left), .requested))
    tellLevel(node.order.side, node.order.order.price.units, &events)
  }

  /// Replaces a resting order by one of the same side and owner.
  ///
  /// Less energy at the same price keeps the order's place and name; anything else is a cancellation and a new order.
  ///
  /// - Throws: `order_unknown`, `price_out_of_bounds`; the resting order then stays as it was.
  @discardableResult
  public mutating func replace(
    _ id: BookOrderID, with order: Order, _ events: inout [BookEvent]
  ) throws(BookError) -> BookOrderID {
    guard queues.contains(id) else { throw .unknownOrder }
    guard tariff.contains(order.price) else {
      throw .price("the price \(order.price) is outside the tariffs \(tariff.feedIn) … \(tariff.retail)")
    }
    let node = queues.nodes[Int(id.index)]
    if order.price == node.order.order.price, order.energy.units <= node.left {
      let less = node.left - order.energy.units
      if less > 0 {
        queues.reduce(id.index, by: less)
        events.append(.cancelled(id, energy: Energy(wattHours: less), .requested))
        tellLevel(node.order.side, order.price.units, &events)
      }
      return id
    }
    try cancel(id, &events)
    return try submit(BookOrder(node.order.side, order, owner: node.order.owner), &events)
  }

  /// Trades an order with the other side; tells whether an order of its own owner still stands across it.
  private mutating func match(_ index: Int32, _ id: BookOrderID, _ events: inout [BookEvent]) -> Bool {
    let order = queues.nodes[Int(index)].order
    let other = order.side.opposite
    var crossesItself = false
    var level = queues.best(other)
    while let price = level, accepts(order, price), queues.nodes[Int(index)].left > 0 {
      var touched = false
      var counterpart = queues.level(at: price).head
      while counterpart >= 0, queues.nodes[Int(index)].left > 0 {
        let next = queues.nodes[Int(counterpart)].next
        let energy = min(queues.nodes[Int(counterpart)].left, queues.nodes[Int(index)].left)
        queues.consume(index, energy)
        if queues.nodes[Int(counterpart)].order.owner == order.owner {
          crossesItself = true
          events.append(.cancelled(id, energy: Energy(wattHours: energy), .selfTrade))
        } else {
          touched = true
          trade(counterpart, id, energy, price, &events)
        }
        counterpart = next
      }
      if touched { tellLevel(other, price, &events) }
      level = queues.next(other, after: price)
    }
    return crossesItself
  }

  private mutating func trade(
    _ counterpart: Int32, _ incoming: BookOrderID, _ energy: Int, _ price: Int, _ events: inout [BookEvent]
  ) {
    events.append(
      .traded(
        resting: queues.id(counterpart), incoming: incoming, energy: Energy(wattHours: energy),
        price: Price(units: price)))
    queues.reduce(counterpart, by: energy)
    if queues.nodes[Int(counterpart)].left == 0 {
      queues.unlink(counterpart)
      queues.discard(counterpart)
      resting -= 1
    }
  }

  private func accepts(_ order: BookOrder, _ price: Int) -> Bool {
    order.side == .bid ? price <= order.order.price.units : price >= order.order.price.units
  }

  /// Whether the other side holds all of an order's energy at acceptable prices, its owner's own orders aside.
  private func canFill(_ order: BookOrder) -> Bool {
    var missing = order.order.energy.units
    var level = queues.best(order.side.opposite)
    while let price = level, accepts(order, price) {
      var counterpart = queues.level(at: price).head
      while counterpart >= 0 {
        let node = queues.nodes[Int(counterpart)]
        // An own order would swallow part of the incoming one before it is filled.
        if node.order.owner == order.owner { return false }
        missing -= node.left
        if missing <= 0 { return true }
        counterpart = node.next
      }
      level = queues.next(order.side.opposite, after: price)
    }
    return false
  }

  private mutating func cancelRest(
    _ index: Int32, _ id: BookOrderID, _ reason: BookEvent.Cancellation, _ events: inout [BookEvent]
  ) {
    events.append(.cancelled(id, energy: Energy(wattHours: queues.nodes[Int(index)].left), reason))
    queues.discard(index)
  }

  private func tellLevel(_ side: BookSide, _ price: Int, _ events: inout [BookEvent]) {
    events.append(.level(side, price: Price(units: price), energy: Energy(wattHours: queues.level(at: price).energy)))
  }
}
