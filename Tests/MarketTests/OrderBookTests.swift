import Market
import Quantities
import Testing

@Suite("An order book") struct OrderBookTests {
  private var book: OrderBook { get throws { OrderBook(within: try tariff(10, 90)) } }

  private func order(
    _ side: BookSide, _ price: Int, _ energy: Int, owner: Int, _ lifetime: BookOrder.Lifetime = .goodTillCancelled
  ) throws -> BookOrder {
    BookOrder(
      side, try Order(price: Price(units: price), energy: Energy(units: energy)), owner: owner, lifetime: lifetime)
  }

  private func trades(_ events: [BookEvent]) -> [[Int]] {
    events.compactMap {
      guard case .traded(_, _, let energy, let price) = $0 else { return nil }
      return [price.units, energy.units]
    }
  }

  private func depth(_ book: OrderBook, _ side: BookSide) -> [[Int]] {
    book.depth(side).map { [$0.price.units, $0.energy.units] }
  }

  @Test func `trades by price, then time, at the resting price`() throws {
    var book = try book
    var events: [BookEvent] = []
    try book.submit(order(.ask, 50, 5, owner: 1), &events)
    try book.submit(order(.ask, 40, 5, owner: 2), &events)
    try book.submit(order(.ask, 50, 5, owner: 3), &events)
    try book.submit(order(.bid, 60, 12, owner: 4), &events)
    #expect(trades(events) == [[40, 5], [50, 5], [50, 2]])
    #expect(depth(book, .ask) == [[50, 3]])
    #expect(book.best(.bid) == nil)
  }

  @Test func `tells every change of a level`() throws {
    var book = try book
    var events: [BookEvent] = []
    let id = try book.submit(order(.ask, 50, 5, owner: 1), &events)
    #expect(
      events == [
        .accepted(id), .rested(id, energy: Energy(units: 5)),
        .level(.ask, price: Price(units: 50), energy: Energy(units: 5)),
      ])
    events = []
    try book.cancel(id, &events)
    #expect(
      events == [
        .cancelled(id, energy: Energy(units: 5), .requested), .level(.ask, price: Price(units: 50), energy: .zero),
      ])
  }

  @Test func `cancels what is not filled at once of an immediate order`() throws {
    var book = try book
    var events: [BookEvent] = []
    try book.submit(order(.bid, 50, 5, owner: 1), &events)
    let id = try book.submit(order(.ask, 40, 8, owner: 2, .immediateOrCancel), &events)
    #expect(trades(events) == [[50, 5]])
    #expect(events.last == .cancelled(id, energy: Energy(units: 3), .immediate))
    #expect(book.resting == 0)
  }

  @Test func `fills an order wholly or kills it`() throws {
    var book = try book
    var events: [BookEvent] = []
    try book.submit(order(.bid, 50, 5, owner: 1), &events)
    try book.submit(order(.bid, 45, 5, owner: 3), &events)
    try book.submit(order(.ask, 45, 11, owner: 2, .fillOrKill), &events)
    #expect(trades(events) == [])
    try book.submit(order(.ask, 45, 10, owner: 2, .fillOrKill), &events)
    #expect(trades(events) == [[50, 5], [45, 5]])
  }

  @Test func `never lets a party trade with itself or stand across itself`() throws {
    var book = try book
    var events: [BookEvent] = []
    try book.submit(order(.ask, 40, 6, owner: 1), &events)
    try book.submit(order(.ask, 45, 3, owner: 2), &events)
    let id = try book.submit(order(.bid, 50, 10, owner: 1), &events)
    #expect(trades(events) == [[45, 3]])
    #expect(events.contains(.cancelled(id, energy: Energy(units: 6), .selfTrade)))
    #expect(events.last == .cancelled(id, energy: Energy(units: 1), .selfTrade))
    #expect(depth(book, .ask) == [[40, 6]])
  }

  @Test func `keeps an order's place when only its energy shrinks`() throws {
    var book = try book
    var events: [BookEvent] = []
    let first = try book.submit(order(.ask, 40, 6, owner: 1), &events)
    try book.submit(order(.ask, 40, 6, owner: 2), &events)
    #expect(try book.replace(first, with: orders("40x2")[0], &events) == first)
    events = []
    try book.submit(order(.bid, 40, 2, owner: 3), &events)
    #expect(book.energy(of: first) == nil)
    #expect(depth(book, .ask) == [[40, 6]])
  }

  @Test func `refuses unknown orders, prices beyond the tariffs and more than its limit`() throws {
    var book = OrderBook(within: try tariff(10, 90), limit: 1)
    var events: [BookEvent] = []
    let id = try book.submit(order(.ask, 40, 6, owner: 1), &events)
    #expect(throws: BookError.self) { try book.submit(order(.ask, 40, 6, owner: 1), &events) }
    #expect(throws: BookError.self) { try book.replace(id, with: orders("91x2")[0], &events) }
    try book.cancel(id, &events)
    #expect(throws: BookError.unknownOrder) { try book.cancel(id, &events) }
    #expect(throws: BookError.self) { try book.submit(order(.ask, 9, 6, owner: 1), &events) }
    #expect(book.resting == 0)
  }

  @Test func `agrees with plain lists on random requests`() throws {
    for seed in seeds(400) {
      var generator = SeededGenerator(seed: seed)
      let width = [0, 3, 70, 5_000].randomElement(using: &generator)!
      var book = OrderBook(within: try tariff(10, 10 + width))
      var reference = ReferenceOrderBook()
      var names: [BookOrderID: Int] = [:]
      var ids: [BookOrderID] = []
      var events: [BookEvent] = []
      for name in 0..<60 {
        let change = try Order(
          price: Price(units: Int.random(in: 10...10 + width, using: &generator)),
          energy: Energy(units: Int.random(in: 1...20, using: &generator)))
        let victim = ids.randomElement(using: &generator)
        switch (Int.random(in: 0...5, using: &generator), victim) {
        case (0, let victim?):
          let known = (try? book.cancel(victim, &events)) != nil
          #expect(known == reference.cancel(names[victim]!), "seed \(seed)")
        case (1, let victim?):
          let new = try? book.replace(victim, with: change, &events)
          #expect((new != nil) == reference.replace(names[victim]!, with: change, newName: name), "seed \(seed)")
          if let new, new != victim {
            names[new] = name
            ids.append(new)
          }
        default:
          let order = BookOrder(
            BookSide.allCases.randomElement(using: &generator)!, change,
            owner: Int.random(in: 0...4, using: &generator),
            lifetime: BookOrder.Lifetime.allCases.randomElement(using: &generator)!)
          let id = try book.submit(order, &events)
          names[id] = name
          ids.append(id)
          reference.submit(order, name: name)
        }
        for side in BookSide.allCases { #expect(depth(book, side) == reference.depth(side), "seed \(seed)") }
      }
      let fills = events.compactMap { event -> ReferenceOrderBook.Fill? in
        guard case .traded(let resting, let incoming, let energy, let price) = event else { return nil }
        return .init(
          resting: names[resting]!, incoming: names[incoming]!, energy: energy.units, price: price.units)
      }
      #expect(fills == reference.fills, "seed \(seed)")
      #expect(book.resting == reference.resting.count, "seed \(seed)")
      if let bid = book.best(.bid), let ask = book.best(.ask) { #expect(bid < ask, "seed \(seed)") }
    }
  }
}
