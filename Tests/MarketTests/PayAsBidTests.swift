import Market
import Quantities
import Testing

@Suite("Pay-as-bid") struct PayAsBidTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  @Test(arguments: [
    (PayAsBid.Pricing.bid, [25_000, 25_000, 20_000]), (.ask, [10_000, 15_000, 15_000]),
    (.mid, [17_500, 20_000, 17_500]),
  ])
  func `prices each pair by itself`(pricing: PayAsBid.Pricing, prices: [Int]) throws {
    let clearing = try PayAsBid(pricing: pricing).clear(
      bids: orders("25000x1000 20000x500 12000x800"), asks: orders("10000x600 15000x1200 22000x500"), within: Self.day)
    #expect(
      clearing.trades.map { [$0.buyer, $0.seller, $0.energy.units] } == [[0, 0, 600], [0, 1, 400], [1, 1, 500]])
    #expect(clearing.trades.map(\.price.units) == prices)
    #expect(clearing.volume.units == 1_500)
  }

  @Test func `serves nobody worse than the limit`() throws {
    for seed in seeds() {
      let book = try RandomBook(seed: seed)
      for pricing in PayAsBid.Pricing.allCases {
        let clearing = try PayAsBid(pricing: pricing).clear(bids: book.bids, asks: book.asks, within: book.tariff)
        #expect(clearing.trades.map(\.energy.units).reduce(0, +) == clearing.volume.units, "seed \(seed)")
        for trade in clearing.trades {
          #expect(
            book.asks[trade.seller].price <= trade.price && trade.price <= book.bids[trade.buyer].price, "seed \(seed)")
        }
      }
    }
  }
}
