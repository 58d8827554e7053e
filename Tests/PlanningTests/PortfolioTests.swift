import Chance
import Market
import Quantities
import Testing

@testable import Planning

@Suite("A virtual power plant") struct PortfolioTests {
  /// Random contracts, some of them large, some seldom on.
  static func random(_ count: Int, seed: Int) throws -> [CurtailmentContract] {
    var generator = SplitMix64(seed: UInt64(seed))
    return try (0..<count).map { number in
      let power = Int.random(in: 400...12_000, using: &generator)
      return try contract(
        "c\(number)", power: power, probability: Double.random(in: 0.3...1, using: &generator),
        mean: Double(power) / 4 * Double.random(in: 0.2...0.9, using: &generator),
        deviation: Double(power) / 4 * Double.random(in: 0...0.4, using: &generator),
        perCall: Int.random(in: 0...9_000_000, using: &generator),
        perKWh: Int.random(in: 0...90_000, using: &generator),
        duration: Int.random(in: 1...6, using: &generator), notice: Int.random(in: 0...4, using: &generator),
        callsLeft: Int.random(in: 0...3, using: &generator), called: Int.random(in: 0...3, using: &generator),
        priority: Int.random(in: 1...3, using: &generator))
    }
  }

  @Test func `offers 2 MW at 95 % and 3 MW at 70 % of a normal yield`() throws {
    let plant = try Portfolio([
      contract("a", power: 24_000_000, probability: 1, mean: 3_468_000, deviation: 892_500)
    ])
    #expect(abs(plant.yield.quantity(at: try Ratio(95, 100)).units - 2_000_000) < 3_500)
    #expect(abs(plant.yield.quantity(at: try Ratio(70, 100)).units - 3_000_000) < 3_500)
    let many = try Portfolio(
      (0..<100).map { try contract("c\($0)", power: 400_000, probability: 1, mean: 34_680, deviation: 8_925) },
      correlation: 0.999_999)
    #expect(abs(many.yield.quantity(at: try Ratio(95, 100)).units - 2_000_000) < 12_000)
    #expect(abs(many.yield.quantity(at: try Ratio(70, 100)).units - 3_000_000) < 12_000)
  }

  @Test(arguments: [(12, 0.0, 1), (12, 0.4, 2), (60, 0.0, 3), (60, 0.4, 4)])
  func `yields what drawing its loads yields`(count: Int, correlation: Double, seed: Int) throws {
    let plant = try Portfolio(Self.random(count, seed: seed), correlation: correlation)
    let yield = plant.yield
    var generator = SplitMix64(seed: UInt64(seed))
    let thresholds = plant.contracts.map { $0.yield.probability < 1 ? Normal.quantile($0.yield.probability) : 40 }
    let draws = (0..<20_000).map { _ -> Double in
      let common = generator.normal()
      return zip(plant.contracts, thresholds).reduce(0.0) { sum, load in
        let (contract, threshold) = load
        let (shared, own) = (correlation.squareRoot(), (1 - correlation).squareRoot())
        let isOn = -(shared * common + own * generator.normal()) < threshold
        let value =
          contract.yield.mean + contract.yield.deviation * (shared * common + own * generator.normal())
        return sum + (isOn ? min(max(value, 0), Double(contract.most.units)) : 0)
      }
    }
    let mean = draws.reduce(0, +) / Double(draws.count)
    #expect(abs(mean - yield.mean) < yield.deviation * 0.04)
    for share in [95, 70, 30] {
      let offer = yield.quantity(at: try Ratio(share, 100))
      let reached = Double(draws.count { $0 >= Double(offer.units) }) / Double(draws.count)
      #expect(abs(reached - Double(share) / 100) < 0.02, "\(share) %")
      let short = draws.reduce(0) { $0 + max(0, Double(offer.units) - $1) } / Double(draws.count)
      #expect(abs(short - yield.shortage(below: offer)) < yield.deviation * 0.03)
    }
  }

  @Test func `loses far more to a common shock than to failures of its parts`() throws {
    let contracts = try Self.random(60, seed: 9)
    let alone = try Portfolio(contracts).yield.quantity(at: Ratio(95, 100)).units
    let together = try Portfolio(contracts, correlation: 0.4).yield.quantity(at: Ratio(95, 100)).units
    #expect(together * 100 < alone * 85)
  }

  @Test func `refuses what cannot be`() throws {
    let one = try contract("a", power: 100, probability: 1, mean: 1, deviation: 1)
    #expect(throws: PlanningError.self) { try Portfolio([one, one]) }
    #expect(throws: PlanningError.self) { try Portfolio([one], correlation: 1) }
    #expect(throws: PlanningError.self) { try Portfolio([one], correlation: .nan) }
    #expect(throws: PlanningError.self) { try contract("a", power: 0, probability: 1, mean: 1, deviation: 1) }
    #expect(throws: PlanningError.self) { try contract("a", power: 1, probability: 1.1, mean: 1, deviation: 1) }
    #expect(throws: PlanningError.self) {
      try contract("a", power: 1, probability: 1, mean: 1, deviation: 1, duration: 0)
    }
  }

  @Test func `without contracts or with certain ones is certain`() throws {
    #expect(try Portfolio([]).yield.quantity(at: .half) == .zero)
    let sure = try Portfolio([contract("a", power: 4_000, probability: 1, mean: 900, deviation: 0)])
    #expect(sure.yield.quantity(at: .half).units == 900)
    #expect(try sure.yield.quantity(at: Ratio(1, 1)).units == 900)
  }
}

@Suite("A supply function") struct SupplyFunctionTests {
  @Test(arguments: [1, 500])
  func `earns most at every price, and never falls`(block: Int) throws {
    for seed in 0..<4 {
      let plant = try Portfolio(PortfolioTests.random(6, seed: seed), correlation: 0)
      let confidence = try Ratio(9, 10)
      let penalty = Price(units: 60_000)
      let curve = try SupplyFunction(plant, at: confidence, penalty: penalty, block: Energy(units: block))
      for (before, after) in zip(curve.steps, curve.steps.dropFirst()) {
        #expect(before.price < after.price && before.energy < after.energy, "seed \(seed)")
      }
      for step in curve.steps {
        let yield = plant.yield(of: step.contracts.map { plant.contracts[$0] })
        #expect(yield.quantity(at: confidence) >= step.energy && step.energy.units % block == 0, "seed \(seed)")
      }
      guard block == 1 else { continue }
      let order = plant.contracts.indices.sorted {
        Portfolio.expectedCompensation(of: plant.contracts[$0]) / Portfolio.expectedYield(of: plant.contracts[$0])
          < Portfolio.expectedCompensation(of: plant.contracts[$1]) / Portfolio.expectedYield(of: plant.contracts[$1])
      }
      let candidates = (1...order.count).map { count in
        let chosen = order.prefix(count).map { plant.contracts[$0] }
        let yield = plant.yield(of: chosen)
        let energy = yield.quantity(at: confidence)
        return (
          Double(energy.units),
          plant.expectedCompensation(of: chosen) + Double(penalty.units) * yield.shortage(below: energy)
        )
      }
      for price in stride(from: 0, through: 300_000, by: 7_001) {
        let best = candidates.map { Double(price) * $0.0 - $0.1 }.reduce(0, max)
        let step = curve.steps.last { $0.price.units <= price }
        let earned = step.map { Double(price) * Double($0.energy.units) - $0.expectedCost } ?? 0
        #expect(earned >= best - 2_000, "seed \(seed), price \(price)")
      }
    }
  }

  @Test func `offers nothing where nothing can be promised`() throws {
    let plant = try Portfolio([contract("a", power: 4_000, probability: 0.5, mean: 900, deviation: 0, perKWh: 5)])
    #expect(try SupplyFunction(plant, at: Ratio(9, 10)).steps == [])
    #expect(try SupplyFunction(plant, at: Ratio(4, 10)).offer(at: Price(units: 100_000)).units == 900)
  }

  @Test func `has a best confidence`() {
    let (price, penalty) = (Price(units: 30), Price(units: 120))
    #expect(BestConfidence.whereThePromiseIsPaid(price: price, penalty: penalty) == 0.75)
    #expect(BestConfidence.whereDeliveryIsPaid(price: price, penalty: penalty) == 0.8)
    #expect(BestConfidence.whereThePromiseIsPaid(price: penalty, penalty: price) == 0)
    // By search, for a normal yield with mean 1 000 and deviation 200.
    let amount = NormalAmount(mean: 1_000, deviation: 200)
    func short(_ promise: Double) -> Double { promise - 1_000 + amount.excess(over: promise) }
    let promises = (0..<2_000).map { Double($0) }
    let promised = promises.max { 30 * $0 - 120 * short($0) < 30 * $1 - 120 * short($1) }!
    let delivered = promises.max { 30 * ($0 - short($0)) - 120 * short($0) < 30 * ($1 - short($1)) - 120 * short($1) }!
    #expect(abs(amount.exceeding(promised) - 0.75) < 0.003 && abs(amount.exceeding(delivered) - 0.8) < 0.003)
  }
}
