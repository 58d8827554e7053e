import Chance
import Market
import Quantities
import Testing

@testable import Planning

@Suite("A price forecast") struct PriceForecastTests {
  private func storage(_ capacity: Int, power: Int, efficiency: String = "1", charge: Int = 0) throws -> Storage {
    try Storage(
      capacity: Energy(units: capacity), power: Power(units: power), efficiency: Ratio(efficiency),
      charge: Energy(units: charge))
  }

  private func prices(_ outlooks: [SlotOutlook], _ storage: Storage? = nil) -> [Int] {
    PriceForecast(outlooks, storage: storage).slots.map(\.price.units)
  }

  @Test func `is the expected cost of one more kilowatt-hour`() throws {
    #expect(try prices([outlook(500, 1_000)]) == [23_212])
  }

  @Test(arguments: [(100.0, 30_000), (-100.0, 8_000), (0.0, 19_000)])
  func `is a tariff where all is certain`(mean: Double, price: Int) throws {
    #expect(try prices([outlook(mean, 0)]) == [price])
    #expect(try prices([outlook(mean, 0)], storage(0, power: 0)) == [price])
  }

  @Test(arguments: [
    // Surplus, need, capacity, the two prices: what is short decides.
    (500.0, 1_000.0, 2_000, [30_000, 30_000]),
    (1_500.0, 1_000.0, 1_200, [8_000, 8_000]),
    (1_500.0, 1_000.0, 900, [8_000, 30_000]),
  ])
  func `of a storage that carries a surplus follows what is short`(
    surplus: Double, need: Double, capacity: Int, expected: [Int]
  ) throws {
    let outlooks = [try outlook(-surplus, 0), try outlook(need, 0)]
    #expect(try prices(outlooks, storage(capacity, power: 100_000)) == expected)
  }

  @Test func `values storage at what it loses`() throws {
    // A surplus of 100 Wh meets a store with room: what it saves later is the retail tariff less what is lost.
    let outlooks = [try outlook(-100, 0), try outlook(1_000, 0)]
    let prices = try prices(outlooks, storage(2_000, power: 100_000, efficiency: "4/5"))
    #expect(abs(prices[0] - 24_000) <= 1 && prices[1] == 30_000)
  }

  @Test func `buys ahead of a dearer tariff`() throws {
    let outlooks = [
      try outlook(100, 60, feedIn: 5_000, retail: 10_000), try outlook(300, 60, feedIn: 5_000, retail: 40_000),
    ]
    let prices = try prices(outlooks, storage(1_000, power: 100_000))
    // What the second slot needs is bought in the first, so one more Wh costs there what it costs here.
    #expect(prices[0] == 10_000 && abs(prices[1] - 10_000) < 1_200)
    #expect(self.prices(outlooks)[1] == 39_999)
  }

  /// A random half day with a storage.
  private func random(_ seed: Int) throws -> (outlooks: [SlotOutlook], storage: Storage) {
    var generator = SplitMix64(seed: UInt64(seed))
    let outlooks = try (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      let feedIn = Int.random(in: 0...9_000, using: &generator)
      return try outlook(
        Double.random(in: -4_000...4_000, using: &generator), Double.random(in: 100...2_000, using: &generator),
        feedIn: feedIn, retail: feedIn + Int.random(in: 0...25_000, using: &generator))
    }
    let capacity = Int.random(in: 1_000...20_000, using: &generator)
    let storage = try storage(
      capacity, power: Int.random(in: 1_000...20_000, using: &generator),
      efficiency: ["1", "9/10", "7/10"].randomElement(using: &generator)!,
      charge: Int.random(in: 0...capacity, using: &generator))
    return (outlooks, storage)
  }

  private func moved(_ outlooks: [SlotOutlook], _ slot: Int, by load: Double) throws -> [SlotOutlook] {
    var outlooks = outlooks
    outlooks[slot] = try SlotOutlook(
      tariff: outlooks[slot].tariff, mean: outlooks[slot].mean + load, deviation: outlooks[slot].deviation)
    return outlooks
  }

  @Test func `tells what moving a small load costs, which the mid-market rate does not`() throws {
    var middleFails = 0
    for seed in seeds(4) {
      let (outlooks, storage) = try random(seed)
      let raw = PriceForecast.withStorage(outlooks, storage)
      let (from, to) = (0, outlooks.count - 1)
      let load = 0.01
      let more = try PriceForecast.withStorage(moved(moved(outlooks, from, by: -load), to, by: load), storage).cost
      let less = try PriceForecast.withStorage(moved(moved(outlooks, from, by: load), to, by: -load), storage).cost
      let slope = (more - less) / (2 * load)
      #expect(abs(slope - (raw.slots[to].price - raw.slots[from].price)) < 1, "seed \(seed)")
      let middle = outlooks[to].tariff.midMarketRate.units - outlooks[from].tariff.midMarketRate.units
      if abs(slope - Double(middle)) > 100 { middleFails += 1 }
    }
    #expect(middleFails > 0)
  }

  @Test func `stays within the tariffs, its interval around it, and storage never costs`() throws {
    for seed in seeds(6) {
      let (outlooks, storage) = try random(seed)
      let forecast = PriceForecast(outlooks, storage: storage)
      for (slot, outlook) in zip(forecast.slots, outlooks) {
        #expect(outlook.tariff.contains(slot.low) && outlook.tariff.contains(slot.high), "seed \(seed)")
        #expect(slot.low <= slot.price && slot.price <= slot.high, "seed \(seed)")
      }
      let worth = storage.charge * outlooks.last!.feedIn
      #expect(forecast.expectedCost <= PriceForecast(outlooks).expectedCost - worth + 1, "seed \(seed)")
    }
  }

  @Test func `costs what playing the policy of its prices costs`() throws {
    // One slot: the storage serves the need that comes, by hand. 1 000 Wh in store, 8 000 · at the end.
    let forecast = PriceForecast([try outlook(500, 400)], storage: try storage(1_000, power: 100_000, charge: 1_000))
    var generator = SplitMix64(seed: 7)
    var total = 0.0
    let games = 200_000
    for _ in 0..<games {
      let load = 500 + 400 * generator.normal()
      let used = min(max(load, 0), 1_000)
      total += max(load - used, 0) * 30_000 - max(-load, 0) * 8_000 - (1_000 - used) * 8_000
    }
    #expect(abs(forecast.expectedCost - total / Double(games)) < 30_000)
  }

  @Test(arguments: [(100.0, 8_000, 30_000), (2_000.0, 30_000, 30_000), (-2_000.0, 8_000, 8_000)])
  func `has an interval`(mean: Double, low: Int, high: Int) throws {
    let slot = PriceForecast([try outlook(mean, 1_000)]).slots[0]
    #expect(slot.low.units == (mean > 1_000 ? slot.price.units : low))
    #expect(slot.high.units == (mean < -1_000 ? slot.price.units : high))
  }

  @Test(arguments: [("0", 23_212), ("1", 19_000), ("1/2", 21_106)])
  func `is drawn to the mid-market rate by fairness`(fairness: String, price: Int) throws {
    let forecast = PriceForecast([try outlook(500, 1_000)], fairness: try Ratio(fairness))
    #expect(forecast.slots[0].price.units == price)
  }

  @Test func `is scored against yesterday`() throws {
    let slots = PriceForecast([try outlook(500, 1_000), try outlook(500, 1_000)]).slots
    let score = try #require(
      ForecastScore(
        slots, cleared: [Price(units: 23_000), Price(units: 24_000)],
        yesterday: [Price(units: 22_000), Price(units: 22_000)]))
    #expect(score.error == 500 && score.bias == -288 && score.coverage == 1)
    #expect(abs(score.skill! - (1 - 1_000.0 / 3_000)) < 1e-12)
    #expect(ForecastScore(slots, cleared: [nil, nil]) == nil)
  }

  @Test(arguments: [(Double.nan, 1.0), (0, -1), (2e12, 0), (0, .infinity)])
  func `refuses an outlook that cannot be`(mean: Double, deviation: Double) {
    #expect(throws: PlanningError.self) { try outlook(mean, deviation) }
  }
}
