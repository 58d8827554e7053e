import Market
import Quantities
import Testing

/// Every book of up to three bids and three asks on a small grid, against definitions that are obviously right.
@Suite("Every small book") struct SmallBooksTests {
  private let sides: [[Order]]
  private let bounds: Tariff

  init() throws {
    sides = try allSides(most: 3, prices: 1...2, energies: 1...2)
    bounds = try tariff(1, 2)
  }

  /// The largest welfare, Wh by Wh.
  private func optimum(_ bids: [Order], _ asks: [Order]) -> Int {
    let values = bids.flatMap { Array(repeating: $0.price.units, count: $0.energy.units) }.sorted(by: >)
    let costs = asks.flatMap { Array(repeating: $0.price.units, count: $0.energy.units) }.sorted()
    return zip(values, costs).reduce(0) { $0 + max(0, $1.0 - $1.1) }
  }

  @Test func `is cleared for all it is worth by the uniform price, and not beyond it by any other`() throws {
    var failures = 0
    for bids in sides {
      for asks in sides {
        let best = optimum(bids, asks)
        let uniform = try UniformPrice().clear(bids: bids, asks: asks, within: bounds)
        let paid = try PayAsBid().clear(bids: bids, asks: asks, within: bounds)
        let huang = try Huang.clear(bids: bids, asks: asks, within: bounds)
        func welfare(_ bidFills: [Energy], _ askFills: [Energy]) throws -> Int {
          try Welfare.of(bids: bids, asks: asks, bidFills: bidFills, askFills: askFills).units
        }
        if try welfare(uniform.bidFills, uniform.askFills) != best { failures += 1 }
        if try welfare(paid.bidFills, paid.askFills) != best || paid.volume != uniform.volume { failures += 1 }
        if try welfare(huang.bidFills, huang.askFills) > best { failures += 1 }
      }
    }
    #expect(failures == 0)
  }

  @Test func `is traded in any order of arrival by a continuous market as plain lists trade it`() throws {
    var failures = 0
    for bids in sides where bids.count <= 2 {
      for asks in sides where asks.count <= 2 {
        let requests =
          bids.enumerated().map { BookOrder(.bid, $1, owner: $0) }
          + asks.enumerated().map { BookOrder(.ask, $1, owner: 10 + $0) }
        for turn in 0..<max(requests.count, 1) {
          var book = OrderBook(within: bounds)
          var reference = ReferenceOrderBook()
          var events: [BookEvent] = []
          for (name, request) in (requests[turn...] + requests[..<turn]).enumerated() {
            try book.submit(request, &events)
            reference.submit(request, name: name)
          }
          let energies = events.compactMap { if case .traded(_, _, let energy, _) = $0 { energy.units } else { nil } }
          if energies != reference.fills.map(\.energy) { failures += 1 }
          for side in BookSide.allCases
          where book.depth(side).map({ [$0.price.units, $0.energy.units] }) != reference.depth(side) { failures += 1 }
        }
      }
    }
    #expect(failures == 0)
  }

  @Test func `of two markets is coupled for all it is worth over any line`() throws {
    let small = try allSides(most: 1, prices: 1...3, energies: 1...2)
    let bounds = try tariff(1, 3)
    let books = small.flatMap { bids in small.map { LocalBook(bids: bids, asks: $0) } }
    var failures = 0
    for first in books {
      for second in books {
        for (capacity, fee) in [(0, 0), (1, 0), (2, 1), (9, 0)] {
          let lines = [
            Line(
              from: 0, to: 1, capacity: Energy(units: capacity), loss: try Ratio(0, 1), fee: Price(units: fee))
          ]
          let clearing = try Coupling().clear(
            books: [first, second], over: Network(markets: 2, lines: lines), within: bounds)
          let best = CouplingReference(books: [first, second], lines: lines).best()
          if clearing.welfare.units != best.welfare || abs(clearing.lines[0].sent.units) != best.flow { failures += 1 }
        }
      }
    }
    #expect(failures == 0)
  }
}
