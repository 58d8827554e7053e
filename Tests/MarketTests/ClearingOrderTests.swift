import Market
import Quantities
import Testing

@Suite("The order of a book") struct ClearingOrderTests {
  /// The orders in another sequence that keeps the time priority among equal prices, and where each came from.
  private func shuffled(_ side: [Order], _ generator: inout SeededGenerator) -> [Int] {
    var queues = Dictionary(grouping: side.indices, by: { side[$0].price })
    return side.indices.shuffled(using: &generator).map { queues[side[$0].price]!.removeFirst() }
  }

  @Test func `matters to nobody beyond time priority`() throws {
    for seed in seeds() {
      let book = try RandomBook(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let bids = shuffled(book.bids, &generator)
      let asks = shuffled(book.asks, &generator)
      for rule in MarginRule.allCases {
        let auction = UniformPrice(margin: rule)
        let first = try auction.clear(bids: book.bids, asks: book.asks, within: book.tariff)
        let second = try auction.clear(
          bids: bids.map { book.bids[$0] }, asks: asks.map { book.asks[$0] }, within: book.tariff)
        #expect(first.volume == second.volume && first.range == second.range, "seed \(seed)")
        #expect(bids.map { first.bidFills[$0] } == second.bidFills, "seed \(seed)")
        #expect(asks.map { first.askFills[$0] } == second.askFills, "seed \(seed)")
      }
    }
  }
}

@Suite("The VCG benchmark") struct VickreyBenchmarkTests {
  @Test func `pays buyers and sellers the ends of the range`() throws {
    let clearing = try UniformPrice().clear(
      bids: orders("20000x5"), asks: orders("10000x5"), within: tariff(8_000, 30_000))
    let benchmark = try #require(try VickreyBenchmark(clearing))
    #expect(benchmark.buyersPay.units == 10_000)
    #expect(benchmark.sellersGet.units == 20_000)
    #expect(benchmark.deficit.units == 50_000)
  }

  @Test func `is absent where nothing is traded`() throws {
    let clearing = try UniformPrice().clear(bids: [], asks: [], within: tariff(8_000, 30_000))
    #expect(try VickreyBenchmark(clearing) == nil)
  }
}
