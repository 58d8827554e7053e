import Market
import Quantities
import Testing

/// The laws of each mechanism on random books: `TWINERGY_SEEDS=100000` runs so many of each.
@Suite("A random book") struct RandomBooksTests {
  private func energy(_ fills: [Energy]) -> Int { fills.reduce(0) { $0 + $1.units } }

  private func isWithinOrders(_ fills: [Energy], _ orders: [Order]) -> Bool {
    zip(fills, orders).allSatisfy { .zero <= $0 && $0 <= $1.energy }
  }

  @Test func `clears at one price that nobody minds`() throws {
    for seed in seeds(500) {
      let book = try RandomBook(seed: seed)
      for rule in MarginRule.allCases {
        let clearing = try UniformPrice(margin: rule).clear(bids: book.bids, asks: book.asks, within: book.tariff)
        #expect(energy(clearing.bidFills) == clearing.volume.units, "seed \(seed)")
        #expect(energy(clearing.askFills) == clearing.volume.units, "seed \(seed)")
        #expect(
          isWithinOrders(clearing.bidFills, book.bids) && isWithinOrders(clearing.askFills, book.asks), "seed \(seed)")
        guard let price = clearing.price, let range = clearing.range else {
          let (demand, supply) = (book.bids.map(\.price).max(), book.asks.map(\.price).min())
          #expect(demand == nil || supply == nil || demand! < supply!, "seed \(seed)")
          continue
        }
        #expect(range.contains(price) && book.tariff.contains(price), "seed \(seed)")
        #expect(zip(book.bids, clearing.bidFills).allSatisfy { $0.price >= price || $1 == .zero }, "seed \(seed)")
        #expect(zip(book.bids, clearing.bidFills).allSatisfy { $0.price <= price || $1 == $0.energy }, "seed \(seed)")
        #expect(zip(book.asks, clearing.askFills).allSatisfy { $0.price <= price || $1 == .zero }, "seed \(seed)")
        #expect(zip(book.asks, clearing.askFills).allSatisfy { $0.price >= price || $1 == $0.energy }, "seed \(seed)")
        let demand = book.bids.filter { $0.price >= price }.wattHours
        let supply = book.asks.filter { $0.price <= price }.wattHours
        #expect(clearing.volume.units == min(demand, supply), "seed \(seed)")
      }
    }
  }

  @Test func `pays no more than its operator collects`() throws {
    for seed in seeds(500) {
      let book = try RandomBook(seed: seed)
      let huang = try Huang.clear(bids: book.bids, asks: book.asks, within: book.tariff)
      try expectSound(huang, book.bids, book.asks, "Huang, seed \(seed)")
      func unit(_ orders: [Order]) throws -> [Order] {
        try orders.map { try Order(price: $0.price, energy: Energy(units: 100)) }
      }
      let (bids, asks) = (try unit(book.bids), try unit(book.asks))
      let mcafee = try McAfee.clear(bids: bids, asks: asks, within: book.tariff)
      try expectSound(mcafee, bids, asks, "McAfee, seed \(seed)")
      let most = try UniformPrice().clear(bids: bids, asks: asks, within: book.tariff).volume.units
      #expect(mcafee.volume.units >= most - 100, "McAfee, seed \(seed)")
    }
  }

  private func expectSound(_ clearing: SplitClearing, _ bids: [Order], _ asks: [Order], _ comment: Comment) throws {
    #expect(energy(clearing.bidFills) == clearing.volume.units, comment)
    #expect(energy(clearing.askFills) == clearing.volume.units, comment)
    #expect(isWithinOrders(clearing.bidFills, bids) && isWithinOrders(clearing.askFills, asks), comment)
    guard let pays = clearing.buyerPays, let gets = clearing.sellerGets else { return }
    #expect(gets <= pays && clearing.operatorKeeps.units == clearing.volume.units * (pays.units - gets.units), comment)
    #expect(zip(bids, clearing.bidFills).allSatisfy { $0.price >= pays || $1 == .zero }, comment)
    #expect(zip(asks, clearing.askFills).allSatisfy { $0.price <= gets || $1 == .zero }, comment)
  }

  @Test func `trades continuously within the limits of both, and leaves no crossed book`() throws {
    for seed in seeds(500) {
      let book = try RandomBook(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let requests =
        (book.bids.map { (BookSide.bid, $0) } + book.asks.map { (.ask, $0) }).shuffled(using: &generator).map {
          BookOrder(
            $0.0, $0.1, owner: Int.random(in: 0...3, using: &generator),
            lifetime: BookOrder.Lifetime.allCases.randomElement(using: &generator)!)
        }
      var continuous = OrderBook(within: book.tariff)
      var events: [BookEvent] = []
      var names: [BookOrderID: BookOrder] = [:]
      for request in requests { names[try continuous.submit(request, &events)] = request }
      var used: [BookOrderID: Int] = [:]
      for event in events {
        switch event {
        case .traded(let resting, let incoming, let energy, let price):
          let (first, second) = (names[resting]!, names[incoming]!)
          let (bid, ask) = first.side == .bid ? (first, second) : (second, first)
          #expect(first.side != second.side && first.owner != second.owner, "seed \(seed)")
          #expect(ask.order.price <= price && price <= bid.order.price && price == first.order.price, "seed \(seed)")
          used[resting, default: 0] += energy.units
          used[incoming, default: 0] += energy.units
        case .cancelled(let id, let energy, _): used[id, default: 0] += energy.units
        case .accepted, .rested, .level: continue
        }
      }
      for (id, request) in names {
        #expect(
          used[id, default: 0] + (continuous.energy(of: id)?.units ?? 0) == request.order.energy.units, "seed \(seed)")
      }
      if let bid = continuous.best(.bid), let ask = continuous.best(.ask) { #expect(bid < ask, "seed \(seed)") }
    }
  }
}
