import Foundation
import Simulation
import Testing

/// `TWINERGY_SEEDS` says how many worlds are played (default 40), `TWINERGY_FIRST_SEED` from which on (default 0).
@Suite("A simulated world")
struct SimulationTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
  }

  private static let seeds =
    number("TWINERGY_FIRST_SEED", 0)..<(number("TWINERGY_FIRST_SEED", 0) + number("TWINERGY_SEEDS", 40))

  /// Seeds that found a fault once.
  private static let found: [UInt64] = [0, 1, 22, 124_415]

  private static func play(
    _ seed: UInt64, excess: Int = 0, few: Int? = nil, _ canary: Scenario.Canary? = nil
  ) -> World.Outcome {
    var world = World(Scenario(seed: seed, excess: excess, few: few, canary: canary))
    return world.run()
  }

  @Test(arguments: found + seeds.map(UInt64.init))
  func `never holds two final blocks at one height, loses no receipt, and goes on when the faults stop`(
    seed: UInt64
  ) {
    let outcome = Self.play(seed)
    #expect(outcome.violations.isEmpty, "seed \(seed): \(outcome.violations)")
  }

  @Test(arguments: found + seeds.prefix(seeds.count / 5).map(UInt64.init))
  func `goes on when one validator takes another's place`(seed: UInt64) {
    var world = World(Scenario(seed: seed, isChanging: true))
    let outcome = world.run()
    #expect(outcome.violations.isEmpty, "seed \(seed): \(outcome.violations)")
    #expect(world.terms?.present.validators.map(\.name) == ["v0", "v2", "v3", "v4"], "seed \(seed)")
  }

  /// Where two or three decide, nobody may lie and each vote is needed, also that of one that has forgotten what it said.
  @Test(arguments: [2, 3], seeds.prefix(seeds.count / 5).map(UInt64.init))
  func `goes on where each vote is needed and a disk is lost`(validators: Int, seed: UInt64) {
    let outcome = Self.play(seed, few: validators)
    #expect(outcome.violations.isEmpty, "\(validators) validators, seed \(seed): \(outcome.violations)")
  }

  /// Whether one of the worlds from seed `first` on violates what it must when a guard is taken out.
  private static func finds(
    _ word: String, from first: UInt64, within count: UInt64, excess: Int = 0, few: Int? = nil,
    _ canary: Scenario.Canary? = nil
  ) -> Bool {
    (first..<(first + count)).contains { seed in
      play(seed, excess: excess, few: few, canary).violations.contains { $0.contains(word) }
    }
  }

  @Test func `reports a guilty validator where the disk keeps no votes`() {
    #expect(Self.finds("contradicted itself", from: 0, within: 30, .noVotesOnDisk))
  }

  @Test func `reports a guilty validator where one votes at once after an old backup`() {
    #expect(Self.finds("contradicted itself", from: 0, within: 100, .noWatching))
    #expect(Self.finds("contradicted itself", from: 0, within: 100, few: 3, .noWatching))
  }

  @Test func `reports a fork where more lie than may`() {
    #expect(Self.finds("fork", from: 0, within: 20, excess: 1))
  }

  @Test func `is the same for the same seed`() {
    let (one, two) = (Self.play(7), Self.play(7))
    #expect(one.end == two.end && one.height == two.height && one.crashes == two.crashes)
  }
}
