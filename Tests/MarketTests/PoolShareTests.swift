import Market
import Quantities
import Testing

@Suite("A pool's share") struct PoolShareTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  @Test func `follows the mid-market rate`() throws {
    #expect(try Self.day.midMarketRate.units == 19_000)
    let share = try PoolShare.settle(
      net: [3_000, 1_001, -2_000, -501].map { Energy(units: $0) }, at: Self.day.midMarketRate, within: Self.day)
    #expect(share.payments.map(\.units) == [44_628_093, 14_890_907, -38_000_000, -9_519_000])
    #expect(share.grid.units == -12_000_000)
    #expect(share.gridEnergy.units == 1_500)
  }

  @Test func `takes what is missing from the grid at the retail tariff`() throws {
    let share = try PoolShare.settle(
      net: [1_000, -1_500, -1_500].map { Energy(units: $0) }, at: Price(units: 20_000), within: Self.day)
    #expect(share.payments.map(\.units) == [20_000_000, -40_000_000, -40_000_000])
    #expect(share.grid.units == 60_000_000)
    #expect(share.gridEnergy.units == -2_000)
  }

  @Test(arguments: [[], [0], [0, 0, 0]])
  func `is nothing where nobody injects or withdraws`(net: [Int]) throws {
    let share = try PoolShare.settle(net: net.map { Energy(units: $0) }, at: Self.day.midMarketRate, within: Self.day)
    #expect(share.payments == net.map { _ in .zero })
    #expect(share.grid == .zero)
  }

  @Test func `creates and loses no unit`() throws {
    for seed in seeds() {
      var generator = SeededGenerator(seed: seed)
      let net = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        Energy(units: Int.random(in: -3_000...3_000, using: &generator))
      }
      let price = Price(units: Int.random(in: 8_000...30_000, using: &generator))
      let share = try PoolShare.settle(net: net, at: price, within: Self.day)
      #expect(share.payments.reduce(share.grid.units) { $0 + $1.units } == 0, "seed \(seed)")
      #expect(share.gridEnergy.units == net.reduce(0) { $0 + $1.units }, "seed \(seed)")
      for (energy, payment) in zip(net, share.payments) {
        let bounds = [energy.units * 8_000, energy.units * 30_000].sorted()
        #expect(bounds[0] - 1...bounds[1] + 1 ~= payment.units, "seed \(seed)")
      }
    }
  }

  @Test func `refuses a price outside the tariffs and a position beyond the bounds`() {
    #expect(throws: MarketError.self) {
      try PoolShare.settle(net: [], at: Price(units: 7_999), within: Self.day)
    }
    #expect(throws: MarketError.self) {
      try PoolShare.settle(
        net: [Energy(units: -PoolShare.maximumNet.units - 1)], at: Price(units: 9_000), within: Self.day)
    }
  }

  @Test func `refuses a total beyond 64 bits`() throws {
    let net = Array(repeating: Energy.maximumPerSlot, count: 1_000)
    let highest = try tariff(Price.maximum.units, Price.maximum.units)
    #expect(throws: MarketError.self) { try PoolShare.settle(net: net, at: Price.maximum, within: highest) }
  }
}
