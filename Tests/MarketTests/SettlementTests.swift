import Market
import Quantities
import Testing

@Suite("A slot's settlement") struct SlotSettlementTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  private func energies(_ values: [Int]) -> [Energy] { values.map { Energy(units: $0) } }

  @Test func `meets surplus with shortage inside first`() throws {
    // Sold 1000 and delivered 900; bought 1000 and took 900: nothing meets the grid.
    let settlement = try SlotSettlement.settle(
      committed: energies([1_000, -1_000]), metered: energies([900, -900]), at: Price(units: 15_000),
      within: Self.day)
    #expect(settlement.deviations.wattHours == [-100, 100])
    #expect(settlement.share.payments.map(\.units) == [-1_500_000, 1_500_000])
    #expect(settlement.share.grid == .zero)
    #expect(settlement.delivered.wattHours == [900, 0])
  }

  @Test func `buys what is missing from the grid`() throws {
    let settlement = try SlotSettlement.settle(
      committed: energies([1_000, -1_000]), metered: energies([0, -1_000]), at: Price(units: 15_000),
      within: Self.day)
    #expect(settlement.share.payments.map(\.units) == [-30_000_000, 0])
    #expect(settlement.share.grid.units == 30_000_000)
  }

  @Test func `settles whoever did the opposite of what was traded, and all of it`() throws {
    let most = Energy.maximumPerSlot.units
    let settlement = try SlotSettlement.settle(
      committed: energies([most, -most]), metered: energies([-most, most]), at: Price(units: 15_000), within: Self.day)
    #expect(settlement.deviations.wattHours == [-2 * most, 2 * most])
    #expect(settlement.share.payments.map(\.units) == [-2 * most * 15_000, 2 * most * 15_000])
    #expect(settlement.share.grid == .zero)
  }

  @Test func `is settled anew when a late reading amends it`() throws {
    func settle(_ metered: [Int]) throws -> SlotSettlement {
      try SlotSettlement.settle(
        committed: energies([1_000, -1_000]), metered: energies(metered), at: Price(units: 15_000), within: Self.day)
    }
    let (provisional, amended) = (try settle([0, -1_000]), try settle([950, -1_000]))
    let net = zip(zip(provisional.share.payments, provisional.reversal.payments), amended.share.payments)
    #expect(try net.map { try $0.0 + $0.1 + $1 } == amended.share.payments)
    #expect(amended.share.payments.map(\.units) == [-50 * 30_000, 0])
    let tokens = try TokenCount().adding(provisional.delivered[0]).adding(-provisional.delivered[0])
    #expect(try tokens.adding(amended.delivered[0]).sold.units == 950)
  }

  @Test func `is undone by its reversal`() throws {
    let settlement = try SlotSettlement.settle(
      committed: energies([700, -700, 0]), metered: energies([900, -100, -33]), at: Price(units: 15_000),
      within: Self.day)
    let reversal = settlement.reversal
    for (payment, back) in zip(settlement.share.payments, reversal.payments) { #expect(try payment + back == .zero) }
    #expect(try settlement.share.grid + reversal.grid == .zero)
  }

  @Test func `never pays for deviating`() throws {
    for seed in seeds() {
      var generator = SeededGenerator(seed: seed)
      let price = Int.random(in: 8_000...30_000, using: &generator)
      var committed: [Int] = []
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let energy = Int.random(in: 0...900, using: &generator)
        committed += [energy, -energy]
      }
      let metered = committed.map { $0 + Int.random(in: -400...400, using: &generator) }
      let settlement = try SlotSettlement.settle(
        committed: energies(committed), metered: energies(metered), at: Price(units: price), within: Self.day)
      for (deviation, payment) in zip(settlement.deviations, settlement.share.payments) {
        #expect(payment.units <= deviation.units * price + 1, "seed \(seed)")
      }
      #expect(settlement.share.payments.reduce(settlement.share.grid.units) { $0 + $1.units } == 0, "seed \(seed)")
    }
  }

  @Test func `takes the clearing price, then the broadcast one, then the middle`() throws {
    let (a, b) = (Price(units: 9_000), Price(units: 10_000))
    #expect(try SettlementPrice.choose(cleared: a, broadcast: b, within: Self.day) == a)
    #expect(try SettlementPrice.choose(cleared: nil, broadcast: b, within: Self.day) == b)
    #expect(try SettlementPrice.choose(cleared: nil, broadcast: nil, within: Self.day).units == 19_000)
    #expect(throws: MarketError.self) {
      try SettlementPrice.choose(cleared: nil, broadcast: .zero, within: Self.day)
    }
  }
}

@Suite("Commitments") struct CommitmentsTests {
  @Test func `are the net of all trades`() throws {
    var commitments = Commitments(members: 3)
    try commitments.enter(Energy(units: 500), at: Price(units: 10), from: 0, to: 1)
    try commitments.enter(Energy(units: 200), at: Price(units: 20), from: 1, to: 2)
    #expect(commitments.net.wattHours == [500, -300, -200])
    #expect(commitments.payments.map(\.units) == [5_000, -1_000, -4_000])
  }

  @Test func `stay as they were when a trade does not fit`() throws {
    var commitments = Commitments(members: 2)
    let before = commitments
    #expect(throws: MarketError.self) {
      try commitments.enter(Energy(units: Int.max), at: Price(units: 10), from: 0, to: 1)
    }
    #expect(commitments == before)
  }
}

@Suite("A token count") struct TokenCountTests {
  @Test func `keeps the remainder below a kilowatt-hour`() throws {
    let count = try TokenCount().adding(Energy(units: 1_700)).adding(Energy(units: 350))
    #expect(count.tokens == 2)
    #expect(count.remainder.units == 50)
    #expect(try count.adding(Energy(units: -51)).tokens == 1)
    #expect(throws: MarketError.self) { try count.adding(Energy(units: -2_051)) }
  }
}

@Suite("A fee schedule") struct FeeScheduleTests {
  private var schedule: FeeSchedule {
    get throws {
      FeeSchedule(rates: [
        .community: try .init(network: Price(units: 20), levies: Price(units: 5)),
        .grid: try .init(network: Price(units: 80), levies: Price(units: 5)),
      ])
    }
  }

  @Test func `charges by distance`() throws {
    let charge = try schedule.charge(
      bought: [.building: Energy(units: 7), .community: Energy(units: 100), .grid: Energy(units: 10)], sold: .zero)
    #expect(charge.network.units == 2_800)
    #expect(charge.levies.units == 550)
  }

  @Test func `charges net energy only`() throws {
    let charge = try schedule.charge(
      bought: [.community: Energy(units: 100), .grid: Energy(units: 10)], sold: Energy(units: 55))
    #expect(charge.network.units == 50 * 20 + 5 * 80)
    #expect(try schedule.charge(bought: [.grid: Energy(units: 5)], sold: Energy(units: 9)).network == .zero)
  }
}

@Suite("An invoice total") struct InvoiceTotalTests {
  @Test(arguments: [(25_000_000, 0, 2, 5_000_000), (25_000_000, 5_000_000, 3, 0), (-25_000_000, 0, -2, -5_000_000)])
  func `rounds once and carries the rest`(amount: Int, before: Int, cents: Int, carried: Int) throws {
    let total = try InvoiceTotal(Money(nanos: amount), carried: Money(nanos: before))
    #expect(total.cents == cents)
    #expect(total.carried.units == carried)
  }
}
