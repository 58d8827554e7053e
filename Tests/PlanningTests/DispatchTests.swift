import Chance
import Market
import Quantities
import Testing

@testable import Planning

@Suite("A dispatch") struct DispatchTests {
  @Test func `respects every contract`() throws {
    for seed in seeds(12) {
      var generator = SplitMix64(seed: UInt64(seed))
      let plant = try Portfolio(PortfolioTests.random(8, seed: seed))
      let award = try Award(
        energy: Energy(units: Int.random(in: 100...6_000, using: &generator)),
        slots: Int.random(in: 1...8, using: &generator), lead: Int.random(in: 0...3, using: &generator),
        priority: Int.random(in: 1...3, using: &generator), confidence: Ratio(8, 10))
      let dispatch = Dispatch(award, of: plant)
      #expect(Set(dispatch.calls.map(\.contract)).count == dispatch.calls.count, "seed \(seed)")
      for call in dispatch.calls {
        let contract = plant.contracts[call.contract]
        #expect(contract.limits.callsLeft > 0 && contract.priority <= award.priority, "seed \(seed)")
        #expect(call.slots.count <= contract.limits.duration && call.slots.upperBound <= award.slots, "seed \(seed)")
        #expect(contract.limits.notice <= award.lead + call.slots.lowerBound, "seed \(seed)")
      }
      for slot in 0..<award.slots {
        let active = dispatch.calls.filter { $0.slots.contains(slot) }.map { plant.contracts[$0.contract] }
        let quantity = plant.yield(of: active).quantity(at: award.confidence)
        #expect(dispatch.reached[slot] == min(quantity, award.energy), "seed \(seed)")
        // Where it falls short, nobody who could still be called was spared.
        guard dispatch.reached[slot] < award.energy else { continue }
        let spared = plant.contracts.indices.filter { position in
          let contract = plant.contracts[position]
          return contract.limits.callsLeft > 0 && contract.priority <= award.priority
            && contract.limits.notice <= award.lead + slot && !dispatch.calls.contains { $0.contract == position }
        }
        #expect(spared.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func `calls the least called of the award's class first, and relieves them in time`() throws {
    func load(_ id: String, called: Int, priority: Int) throws -> CurtailmentContract {
      try contract(
        id, power: 4_000, probability: 1, mean: 1_000, deviation: 0, duration: 2, called: called, priority: priority)
    }
    let plant = try Portfolio([
      load("often", called: 5, priority: 2), load("seldom", called: 1, priority: 2),
      load("first", called: 0, priority: 1),
      load("protected", called: 0, priority: 3),
    ])
    let award = try Award(energy: Energy(units: 900), slots: 5, lead: 0, priority: 2, confidence: Ratio(9, 10))
    let dispatch = Dispatch(award, of: plant)
    #expect(dispatch.calls.map(\.contract) == [1, 0, 2])
    #expect(dispatch.calls.map(\.slots) == [0..<2, 2..<4, 4..<5])
    #expect(dispatch.isComplete(award))
  }

  @Test(arguments: [(0, 1, 1), (1, 0, 1), (1, 101, 1), (1, 1, 0)])
  func `refuses an award that cannot be`(energy: Int, slots: Int, priority: Int) {
    #expect(throws: PlanningError.self) {
      try Award(energy: Energy(units: energy), slots: slots, lead: 0, priority: priority, confidence: .half)
    }
  }
}

@Suite("A belief about a yield") struct YieldBeliefTests {
  @Test func `starts as the contract says and comes to what is measured`() throws {
    let stated = try CurtailmentContract.Yield(probability: 0.8, mean: 500, deviation: 100)
    var belief = try YieldBelief(stated, worth: 4)
    let before = try belief.yield
    #expect(abs(before.probability - 0.8) < 1e-12 && before.mean == 500 && abs(before.deviation - 100) < 1e-9)
    belief.observe(Energy(units: 700))
    // (4·500 + 700)/5, and (0.8·4 + 1)/5.
    #expect(abs(try belief.yield.mean - 540) < 1e-9)
    #expect(abs(try belief.yield.probability - 0.84) < 1e-12)
    var generator = SplitMix64(seed: 3)
    for _ in 0..<4_000 {
      if Double.random(in: 0..<1, using: &generator) < 0.6 {
        belief.observe(Energy(units: Int(900 + 50 * generator.normal())))
      } else {
        belief.observeOff()
      }
    }
    let after = try belief.yield
    #expect(abs(after.probability - 0.6) < 0.03 && abs(after.mean - 900) < 5 && abs(after.deviation - 50) < 8)
  }

  @Test func `learns that a load is off`() throws {
    var belief = try YieldBelief(.init(probability: 0.5, mean: 10, deviation: 0), worth: 1)
    belief.observeOff()
    #expect(try belief.yield.probability == 0.25)
    #expect(throws: PlanningError.self) { try YieldBelief(.init(probability: 1, mean: 1, deviation: 1), worth: 0) }
  }
}

@Suite("A contract menu") struct ContractMenuTests {
  private func menu(_ classes: [(Int, Int)]) throws -> ContractMenu {
    try ContractMenu(classes.map { .init(strike: Price(units: $0.0), service: try Ratio($0.1, 100)) })
  }

  @Test func `makes the true value the best choice`() throws {
    let menu = try menu([(900, 99), (500, 95), (120, 80), (40, 50)])
    // From below: 40·0.5 = 20, + 120·0.3 = 56, + 500·0.15 = 131, + 900·0.04 = 167.
    #expect(menu.charges.map(\.units) == [167, 131, 56, 20])
    for value in 0...1_200 {
      let gains = zip(menu.classes, menu.charges).map {
        Double(value) * Double($0.service.numerator) / Double($0.service.denominator) - Double($1.units)
      }
      let best = max(gains.max()!, 0)
      let chosen = menu.choice(at: Price(units: value)).map { gains[$0] } ?? 0
      #expect(chosen >= best - 1e-9, "value \(value)")
    }
  }

  @Test func `refuses classes that do not fall`() {
    #expect(throws: PlanningError.self) { try menu([(500, 95), (900, 90)]) }
    #expect(throws: PlanningError.self) { try menu([(900, 90), (500, 95)]) }
    #expect(throws: PlanningError.self) { try menu([]) }
  }
}

@Suite("An award's settlement") struct AwardSettlementTests {
  @Test(arguments: [
    // Delivered, for the deviation, penalty: 1 000 Wh awarded at 50, real time 30, tolerance 10 %, penalty 200.
    (1_000, 0, 0), (950, -50 * 30, 0), (1_080, 80 * 30, 0), (800, -100 * 30, -100 * 200), (1_500, 100 * 30, 0),
    (0, -100 * 30, -900 * 200),
  ])
  func `pays deviations within the tolerance in real time`(delivered: Int, deviation: Int, penalty: Int) throws {
    let settlement = try AwardSettlement(
      awarded: Energy(units: 1_000), at: Price(units: 50), delivered: Energy(units: delivered),
      realTime: Price(units: 30), tolerance: Ratio(1, 10), penalty: Price(units: 200))
    #expect(settlement.award.units == 50_000)
    #expect(settlement.deviation.units == deviation)
    #expect(settlement.penalty.units == penalty)
    #expect(settlement.total.units == 50_000 + deviation + penalty)
  }
}
