import Market
import Quantities
import Testing

@Suite("Coupled markets") struct CouplingTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  private func line(
    _ from: Int, _ to: Int, capacity: Int, loss: Ratio? = nil, fee: Int = 0
  ) throws -> Line {
    Line(
      from: from, to: to, capacity: Energy(units: capacity), loss: try loss ?? Ratio(0, 1), fee: Price(units: fee))
  }

  private func book(_ bids: String, _ asks: String) throws -> LocalBook {
    LocalBook(bids: try orders(bids), asks: try orders(asks))
  }

  private func pair() throws -> [LocalBook] {
    [try book("16000x100", "9000x300 13000x300"), try book("28000x400 22000x100", "24000x200")]
  }

  @Test func `share one range of prices over a line without limit`() throws {
    let clearing = try Coupling().clear(
      books: pair(), over: Network(markets: 2, lines: [line(0, 1, capacity: 10_000)]), within: Self.day)
    #expect(clearing.lines[0].sent.units == 500)
    for market in clearing.markets {
      #expect(market.range == Price(units: 13_000)...Price(units: 16_000))
      #expect(market.price?.units == 14_500)
    }
    #expect(clearing.lines[0].rent == .zero)
  }

  @Test func `pay a rent to a line that is full`() throws {
    let clearing = try Coupling().clear(
      books: pair(), over: Network(markets: 2, lines: [line(1, 0, capacity: 200)]), within: Self.day)
    #expect(clearing.lines[0].sent.units == -200)
    let prices = clearing.markets.map { $0.price!.units }
    #expect(prices[0] < prices[1])
    #expect(clearing.lines[0].rent.units == 200 * (prices[1] - prices[0]))
  }

  @Test func `are cleared one by one where no line joins them`() throws {
    let books = try pair()
    let clearing = try Coupling().clear(books: books, over: Network(markets: 2, lines: []), within: Self.day)
    for (market, book) in zip(clearing.markets, books) {
      let alone = try UniformPrice().clear(bids: book.bids, asks: book.asks, within: Self.day)
      #expect(market.price == alone.price && market.range == alone.range)
      #expect(market.bidFills == alone.bidFills && market.askFills == alone.askFills)
    }
  }

  @Test func `are nested by lines to what is around them`() throws {
    let lossless = try Ratio(0, 1)
    let network = try Network.nested(parents: [1, 2, nil, 2]) { child, parent in
      Line(from: child, to: parent, capacity: Energy(units: 50), loss: lossless, fee: Price(units: 10))
    }
    let books = [try book("", "9000x80"), try book("", ""), try book("", ""), try book("20000x70", "")]
    let clearing = try Coupling().clear(books: books, over: network, within: Self.day)
    #expect(clearing.lines.map(\.sent.units) == [50, 50, -50])
    #expect(clearing.welfare.units == 50 * (11_000 - 30))
  }

  @Test(arguments: [(0, 2, 5, 1, 0), (1, 1, 5, 1, 0), (0, 1, -5, 1, 0), (0, 1, 5, 1, -1), (0, 1, 5, 0, 0)])
  func `refuse a line that cannot be`(from: Int, to: Int, capacity: Int, lossless: Int, fee: Int) throws {
    let loss = try Ratio(1 - lossless, 1)
    #expect(throws: MarketError.self) {
      try Network(markets: 2, lines: [line(from, to, capacity: capacity, loss: loss, fee: fee)])
    }
  }

  /// A random little network whose every flow can be tried.
  private func small(seed: Int, loss: Ratio) throws -> (books: [LocalBook], lines: [Line]) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...4, using: &generator)
    func side() throws -> [Order] {
      try (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        try Order(
          price: Price(units: Int.random(in: 0...12, using: &generator)),
          energy: Energy(units: Int.random(in: 1...3, using: &generator)))
      }
    }
    let books = try (0..<count).map { _ in LocalBook(bids: try side(), asks: try side()) }
    let lines = try (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      let from = Int.random(in: 0..<count, using: &generator)
      let to = (from + Int.random(in: 1..<count, using: &generator)) % count
      return try line(
        from, to, capacity: Int.random(in: 0...3, using: &generator), loss: loss,
        fee: Int.random(in: 0...3, using: &generator))
    }
    return (books, lines)
  }

  @Test func `reach the largest welfare with the least flow`() throws {
    let bounds = try tariff(0, 12)
    for seed in seeds(300) {
      let (books, lines) = try small(seed: seed, loss: Ratio(0, 1))
      let network = try Network(markets: books.count, lines: lines)
      let clearing = try Coupling().clear(books: books, over: network, within: bounds)
      let best = CouplingReference(books: books, lines: lines).best()
      #expect(clearing.welfare.units == best.welfare, "seed \(seed)")
      #expect(clearing.lines.reduce(0) { $0 + abs($1.sent.units) } == best.flow, "seed \(seed)")
      expectLaws(clearing, books, lines, "seed \(seed)")
    }
  }

  @Test(arguments: ["1/50", "1/10", "1/4", "1/2", "9/10"])
  func `balance with losses to the last Wh, between islands and lossless lines`(loss: String) throws {
    let bounds = try tariff(0, 12_000)
    for seed in seeds(100) {
      let (books, lines) = try large(seed: seed, loss: Ratio(loss))
      func clear(_ lines: [Line]) throws -> CoupledClearing {
        try Coupling().clear(books: books, over: Network(markets: books.count, lines: lines), within: bounds)
      }
      let clearing = try clear(lines)
      expectLaws(clearing, books, lines, "seed \(seed)")
      // Rounding a loss up to a whole Wh costs each line at most the dearest Wh.
      #expect(try clear([]).welfare.units <= clearing.welfare.units + lines.count * 12_000, "seed \(seed)")
      let lossless = try lines.map {
        Line(from: $0.from, to: $0.to, capacity: $0.capacity, loss: try Ratio(0, 1), fee: $0.fee)
      }
      #expect(try clearing.welfare <= clear(lossless).welfare, "seed \(seed)")
    }
  }

  /// A random mesh of markets with ordinary amounts.
  private func large(seed: Int, loss: Ratio) throws -> (books: [LocalBook], lines: [Line]) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...8, using: &generator)
    func side() throws -> [Order] {
      try (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        try Order(
          price: Price(units: Int.random(in: 0...12_000, using: &generator)),
          energy: Energy(units: Int.random(in: 100...3_000, using: &generator)))
      }
    }
    let books = try (0..<count).map { _ in LocalBook(bids: try side(), asks: try side()) }
    let lines = try (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      let from = Int.random(in: 0..<count, using: &generator)
      let to = (from + Int.random(in: 1..<count, using: &generator)) % count
      return try line(
        from, to, capacity: Int.random(in: 0...4_000, using: &generator), loss: loss,
        fee: Int.random(in: 0...900, using: &generator))
    }
    return (books, lines)
  }

  /// Energy and money balance, nobody trades against its limit, a line that is not full has no rent, and every market's
  /// outcome is an equilibrium at its price.
  private func expectLaws(_ clearing: CoupledClearing, _ books: [LocalBook], _ lines: [Line], _ comment: Comment) {
    var exports = clearing.markets.map { $0.sold.units - $0.bought.units }
    var money = 0
    for (line, flow) in zip(lines, clearing.lines) {
      let (start, end) = flow.sent.units >= 0 ? (line.from, line.to) : (line.to, line.from)
      let sent = abs(flow.sent.units)
      exports[start] -= sent
      exports[end] += sent - flow.lost.units
      money += flow.fees.units + flow.rent.units
      #expect(sent <= line.capacity.units, comment)
      if sent < line.capacity.units, line.loss.numerator == 0 { #expect(flow.rent == .zero, comment) }
      if line.loss.numerator == 0 { #expect(flow.rent >= .zero, comment) }
    }
    #expect(exports.allSatisfy { $0 == 0 }, comment)
    for (market, book) in zip(clearing.markets, books) {
      guard let price = market.price, let range = market.range else { continue }
      #expect(range.contains(price), comment)
      money += price.units * (market.sold.units - market.bought.units)
      for (bid, fill) in zip(book.bids, market.bidFills) {
        #expect(bid.price >= price || fill == .zero, comment)
        #expect(bid.price <= price || fill == bid.energy, comment)
      }
      for (ask, fill) in zip(book.asks, market.askFills) {
        #expect(ask.price <= price || fill == .zero, comment)
        #expect(ask.price >= price || fill == ask.energy, comment)
      }
    }
    #expect(money == 0, comment)
  }
}
