import Market
import Quantities
import Testing

@Suite("A pool rule") struct PoolRuleTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  private func net(_ values: [Int]) -> [Energy] { values.map { Energy(units: $0) } }

  @Test func `of supply and demand sells at the feed-in tariff when there is too much`() throws {
    let share = try SupplyDemandRatio.settle(net: net([3_000, 1_000, -2_000]), within: Self.day)
    #expect(share.payments.map(\.units) == [24_000_000, 8_000_000, -16_000_000])
    #expect(share.grid.units == -16_000_000)
  }

  @Test func `of supply and demand follows the ratio when there is too little`() throws {
    // s = 1/2: selling at 8000·30000 / (22000/2 + 8000) = 12631.58 a kWh, 12 631 578 n-units for 1 000 Wh.
    let share = try SupplyDemandRatio.settle(net: net([1_000, -2_000]), within: Self.day)
    #expect(share.payments.map(\.units) == [12_631_578, -42_631_578])
    #expect(share.grid.units == 30_000_000)
  }

  @Test func `of supply and demand buys at retail when nobody sells`() throws {
    let share = try SupplyDemandRatio.settle(net: net([0, -7]), within: Self.day)
    #expect(share.payments.map(\.units) == [0, -210_000])
  }

  @Test func `of supply and demand stands free feed-in`() throws {
    let share = try SupplyDemandRatio.settle(net: net([5, -7]), within: tariff(0, 100))
    #expect(share.payments.map(\.units) == [0, -200])
  }

  @Test func `of the bill shares the grid's bill by use`() throws {
    let period = [
      BillSharing.Reading(net: net([2_000, -500, -500]), tariff: try Self.day),
      BillSharing.Reading(net: net([0, -3_000, -1_000]), tariff: try Self.day),
    ]
    let share = try BillSharing.settle(period)
    #expect(share.payments.map(\.units) == [8_000_000, -84_000_000, -36_000_000])
    #expect(share.grid.units == 112_000_000)
    #expect(share.gridEnergy.units == -3_000)
  }

  @Test func `loses no unit and stays within the tariffs`() throws {
    for seed in seeds() {
      var generator = SeededGenerator(seed: seed)
      let values = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        Int.random(in: -3_000...3_000, using: &generator)
      }
      let feedIn = Int.random(in: 0...40, using: &generator)
      let bounds = try tariff(feedIn, feedIn + Int.random(in: 0...40, using: &generator))
      let shares = [
        try SupplyDemandRatio.settle(net: net(values), within: bounds),
        try BillSharing.settle([BillSharing.Reading(net: net(values), tariff: bounds)]),
      ]
      for share in shares {
        #expect(share.payments.reduce(share.grid.units) { $0 + $1.units } == 0, "seed \(seed)")
        #expect(share.gridEnergy.units == values.reduce(0, +), "seed \(seed)")
      }
      for (value, payment) in zip(values, shares[0].payments) {
        let ends = [value * bounds.feedIn.units, value * bounds.retail.units].sorted()
        #expect(ends[0] - 1...ends[1] + 1 ~= payment.units, "seed \(seed)")
      }
    }
  }
}
