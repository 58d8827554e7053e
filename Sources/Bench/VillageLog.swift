import Community
import Foundation
import Log
import Node
import Quantities
import Storage
import Synchronization
import Transactive

/// The clock of the village: it stands at the moment that is being played.
final class VillageClock: Sendable {
  private let time = Mutex(Instant(milliseconds: 0))

  func set(_ instant: Instant) { time.withLock { $0 = instant } }
  var now: Instant { time.withLock { $0 } }
}

/// Writes the life of a village into the log of a node, day by day.
struct VillageLog {
  let village: Village
  let node: Node
  private let clock = VillageClock()
  private var sequences: [String: Int] = [:]
  private var householdSequence = 1
  private var day = 0

  /// Founds a village of `households` in `directory`, which holds no log.
  init(households: Int, in directory: String) async throws {
    village = try Village(households: households)
    let store = try LogStore.create(directory, genesis: village.genesis)
    node = try Node(store: store, keys: village.validator) { [clock] in clock.now }
    clock.set(Village.eve(0))
    let founding = try village.founding()
    try await submit(village.operator, [village.opening()])
    for events in founding.grants { try await submit(village.governance, events) }
    for events in founding.joining { try await submit(village.operator, events) }
  }

  /// The leaves of the log.
  func size() throws -> Int { try node.store.publishedCheckpoint().checkpoint.size }

  private mutating func submit(_ author: Village.Author, _ events: [[UInt8]]) async throws {
    sequences[author.name, default: 0] += 1
    _ = try await node.submit(author.entry(sequences[author.name]!, at: clock.now, events))
  }

  /// Submits the entries of all households side by side, those of one in their order.
  private func submit(_ entries: [[[UInt8]]]) async throws {
    let node = node
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lines in entries {
        group.addTask { for line in lines { _ = try await node.submit(line) } }
      }
      try await group.waitForAll()
    }
  }
}

extension VillageLog {
  /// The entries of a part of a day, which `measure` may submit with a stopwatch in its hand.
  typealias Part = (_ entries: [[[UInt8]]], _ submit: () async throws -> Void) async throws -> Void

  /// Plays the next day: orders of one slot, clearing, readings of one slot, settlement.
  mutating func playDay(each: Int, _ measure: Part) async throws {
    try await publish()
    let orders = try village.orders(day, each: each, from: take(each))
    try await measure(orders) { try await submit(orders) }
    try await clear()
    let readings = try village.readings(day, each: each, from: take(each))
    clock.set(Village.morrow(day))
    try await measure(readings) { try await submit(readings) }
    try await settle()
  }

  /// Plays the next day with one order curve a household, cleared and settled.
  mutating func playDayOfCurves(_ measure: Part) async throws {
    try await publish()
    let curves = try village.curves(day, from: take(1))
    try await measure(curves) { try await submit(curves) }
    try await clear()
    clock.set(Village.morrow(day))
    try await settle()
  }

  private mutating func take(_ count: Int) -> Int {
    defer { householdSequence += count }
    return householdSequence
  }

  private mutating func publish() async throws {
    clock.set(Village.eve(day))
    try await submit(village.dso, [village.tariffs(day)])
  }

  private mutating func clear() async throws {
    let slots = try SlotRange(Village.first(day), count: Village.slots)
    try await submit(village.operator, [GateClosed(lem: Village.lem, slots: slots).bytes])
    let market = await node.community().transactive.lem(Village.lem)!
    try await submit(village.operator, [(try market.result(Village.lem, slots)).bytes])
  }

  private mutating func settle() async throws {
    let slots = try SlotRange(Village.first(day), count: Village.slots)
    let market = await node.community().transactive.lem(Village.lem)!
    try await submit(village.operator, [(try market.settlement(Village.lem, slots)).bytes])
    day += 1
  }
}
