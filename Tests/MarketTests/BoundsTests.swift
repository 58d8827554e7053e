import Encoding
import Market
import Quantities
import Testing

@Suite("A bound of the market") struct BoundsTests {
  @Test(arguments: [(-1, 5), (6, 5), (0, 100_000_001)])
  func `refuses tariffs out of order`(feedIn: Int, retail: Int) {
    #expect(throws: MarketError.self) { try tariff(feedIn, retail) }
  }

  @Test(arguments: [(5, 0), (5, -1), (5, 100_000_001), (-1, 5), (100_000_001, 5)])
  func `refuses an order beyond it`(price: Int, energy: Int) {
    #expect(throws: MarketError.self) { try Order(price: Price(units: price), energy: Energy(units: energy)) }
  }

  @Test func `is told by a stable code`() {
    let codes: [(MarketError, String)] = [
      (.tariff(""), "tariff_inverted"), (.price(""), "price_out_of_bounds"), (.energy(""), "energy_out_of_bounds"),
      (.overflow(""), "market_overflow"),
    ]
    for (error, code) in codes { #expect(error.code == code) }
  }
}
