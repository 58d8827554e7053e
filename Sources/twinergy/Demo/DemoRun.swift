import Community
import Cryptography
import Encoding
import Foundation
import Kernel
import Log
import Market
import Node
import Quantities
import Storage
import Transactive

/// Plays a day: the village joins, orders, clears, meters, settles. Every fact is an entry that its author signs.
struct DemoRun {
  private let day: Day
  let node: Node
  private let clock: DemoClock
  private let keys: DemoKeys
  private let reportsReceipts: Bool
  private var validator: DemoAuthor
  private var `operator`: DemoAuthor
  private var dso: DemoAuthor
  private var gateway: DemoAuthor
  private var households: [DemoAuthor]

  /// A run of `day` on the log in `directory`, which is made where there is none.
  ///
  /// - Parameter reportsReceipts: whether each receipt is written to standard output as it comes.
  init(_ day: Day, directory: String, reportsReceipts: Bool) throws {
    self.day = day
    self.reportsReceipts = reportsReceipts
    keys = try DemoKeys(directory)
    clock = DemoClock()
    validator = DemoAuthor("validator", keys.validator.vote)
    `operator` = DemoAuthor("operator", try keys.author("operator"))
    dso = DemoAuthor("dso", try keys.author("dso"))
    gateway = DemoAuthor("gateway", try keys.author("gateway"))
    households = []
    for participant in day.participants {
      households.append(DemoAuthor(participant.id.text, try keys.author("party \(participant.id)")))
    }
    let genesis = try Self.genesis(day, keys)
    let store =
      LogStore.exists(directory) ? try LogStore.open(directory) : try LogStore.create(directory, genesis: genesis)
    guard try store.genesis() == genesis.bytes else {
      throw UsageError("\(directory) holds the log of another day or community; choose another --data")
    }
    node = try Node(store: store, keys: keys.validator) { [clock] in clock.now }
  }

  private static func genesis(_ day: Day, _ keys: DemoKeys) throws -> Genesis {
    try Genesis(
      origin: "\(day.community).example/\(day.lem)",
      time: day.slots.first.start.advanced(byMilliseconds: -Self.dayBefore),
      validators: ValidatorSet([
        .init(
          name: DemoKeys.validatorName, vote: keys.validator.vote.publicKey, cosign: keys.validator.cosign.publicKey)
      ]),
      grants: [
        Grant(key: keys.validator.vote.publicKey, roles: [.validator]),
        Grant(key: keys.author("operator").publicKey, roles: [.operator]),
        Grant(key: keys.author("dso").publicKey, roles: [.dso]),
        Grant(key: keys.author("gateway").publicKey, roles: [.gateway]),
      ], parameters: Genesis.Parameters(stateInterval: 256))
  }

  private static let hour = 3_600_000
  private static let dayBefore = 24 * hour
  private static let reportedSlots = 24
}

extension DemoRun {
  /// The log that the run writes.
  var store: LogStore { node.store }

  /// Plays the whole day; answers the state at its end.
  mutating func play() async throws -> Community {
    let start = day.slots.first.start
    try await join(at: start.advanced(byMilliseconds: -16 * Self.hour))
    try await publish(at: start.advanced(byMilliseconds: -14 * Self.hour))
    try await order(at: start.advanced(byMilliseconds: -13 * Self.hour))
    try await clear(at: start.advanced(byMilliseconds: -12 * Self.hour))
    for slot in day.slots {
      try await meterAndSettle(slot)
      report(endingWith: slot)
    }
    try await reward(at: day.slots.last.end.advanced(byMilliseconds: Self.hour))
    return await node.community()
  }

  /// Submits `line` and waits for its receipt.
  private func submit(_ line: SignedLine) async throws {
    let receipt = try await node.submit(line.bytes)
    guard reportsReceipts else { return }
    Console.print { output in
      output.field("receipt", receipt.index)
      output.field("key", line.author.description)
      output.field("line", SHA256.hash(line.bytes).hex)
    }
  }

  /// Submits the author's next entry, unless the log has it.
  private func submit(
    _ author: inout DemoAuthor, at time: Instant, _ events: (Community) throws -> [[UInt8]]
  ) async throws {
    let community = await node.community()
    guard let line = try author.next(at: time, in: community, { try events(community) }) else { return }
    clock.set(time)
    try await submit(line)
  }

  /// Submits entries of many authors side by side.
  private func submitAll(_ lines: [SignedLine]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for line in lines { group.addTask { [self] in try await submit(line) } }
      try await group.waitForAll()
    }
  }
}

extension DemoRun {
  /// The LEM opens; every household gets a key, its devices and an account.
  private mutating func join(at time: Instant) async throws {
    let day = day
    try await submit(&`operator`, at: time) { _ in
      [
        LEMOpened(lem: day.lem, terms: Terms(currency: day.currency, zone: day.zone)).bytes
      ]
    }
    let grants = try zip(day.participants, households).map { participant, household in
      try GovernanceEvent.granted(
        Grant(key: household.key.publicKey, roles: [.party], party: participant.id)
      ).bytes
    }
    for first in stride(from: 0, to: grants.count, by: Entry.maximumEvents) {
      let part = Array(grants[first..<min(first + Entry.maximumEvents, grants.count)])
      try await submit(&validator, at: time) { _ in part }
    }
    for participant in day.participants {
      try await submit(&`operator`, at: time) { _ in try Self.joining(participant, day.lem) }
    }
    let counts = await node.community().registry.counts
    Console.note("\(stamp(time))  \(counts.participants) participants join with \(counts.devices) devices")
  }

  private static func joining(_ participant: Day.Participant, _ lem: LEMID) throws -> [[UInt8]] {
    var devices: [(String, DeviceKind)] = [("meter", .meter)]
    if participant.pvWatts > 0 { devices.append(("pv", .pv)) }
    if participant.batteryWattHours > 0 { devices.append(("battery", .battery)) }
    let registered = try devices.map { suffix, kind in
      DeviceRegistered(device: try device(participant.id, suffix), kind: kind, owners: .sole(participant.id)).bytes
    }
    return [ParticipantJoined(participant: participant.id).bytes] + registered
      + [AccountOpened(lem: lem, party: participant.id).bytes]
  }

  private static func device(_ party: PartyID, _ suffix: String) throws -> DeviceID {
    try DeviceID("\(party).\(suffix)")
  }

  /// The DSO publishes its tariffs, the operator its price forecast.
  private mutating func publish(at time: Instant) async throws {
    let day = day
    try await submit(&dso, at: time) { _ in
      [
        try TariffPublished(lem: day.lem, first: day.slots.first, tariffs: day.tariffs).bytes
      ]
    }
    try await submit(&`operator`, at: time) { _ in
      [
        try PriceForecast(lem: day.lem, first: day.slots.first, prices: Bidding.forecast(day)).bytes
      ]
    }
    Console.note("\(stamp(time))  tariffs and price forecast for \(day.slots.count) slots are published")
  }

  /// Each household places its orders for the day.
  private mutating func order(at time: Instant) async throws {
    let community = await node.community()
    var lines: [SignedLine] = []
    var orders = 0
    for (position, participant) in day.participants.enumerated() {
      let placed = try Bidding.orders(participant, day)
      orders += placed.reduce(0) { $0 + $1.energies.count { $0 > .zero } }
      guard !placed.isEmpty else { continue }
      let line = try households[position].next(at: time, in: community) {
        placed.map { $0.bytes }
      }
      if let line { lines.append(line) }
    }
    clock.set(time)
    try await submitAll(lines)
    Console.note("\(stamp(time))  \(orders) orders are placed")
  }

  /// The gate closes and the market clears.
  private mutating func clear(at time: Instant) async throws {
    let day = day
    try await submit(&`operator`, at: time) { _ in
      [GateClosed(lem: day.lem, slots: day.slots).bytes]
    }
    try await submit(&`operator`, at: time) { community in
      [try community.transactive.lem(day.lem)!.result(day.lem, day.slots).bytes]
    }
    let market = await node.community().transactive.lem(day.lem)!
    let prices = day.slots.compactMap(market.price)
    let range = prices.min().map {
      ", at \($0.description(in: day.currency)) to \(prices.max()!.description(in: day.currency))"
    }
    Console.note("\(stamp(time))  \(day.slots.count) slots are cleared, \(prices.count) with trades\(range ?? "")")
  }

  /// The gateway records what all meters measured in `slot`; the operator settles it.
  private mutating func meterAndSettle(_ slot: Slot) async throws {
    let (day, position) = (day, day.slots.first.distance(to: slot))
    let readings = try day.participants.map { participant in
      let net = participant.actual[position].net
      return try ReadingRecorded(
        lem: day.lem, device: Self.device(participant.id, "meter"), first: slot,
        imported: [Energy(wattHours: max(0, -net))], exported: [Energy(wattHours: max(0, net))]
      ).bytes
    }
    for first in stride(from: 0, to: readings.count, by: Entry.maximumEvents) {
      let part = Array(readings[first..<min(first + Entry.maximumEvents, readings.count)])
      try await submit(&gateway, at: slot.end) { _ in part }
    }
    try await submit(&`operator`, at: slot.end) { community in
      let market = community.transactive.lem(day.lem)!
      return [try market.settlement(day.lem, SlotRange(slot, count: 1)).bytes]
    }
  }

  /// Sellers get their tokens.
  private mutating func reward(at time: Instant) async throws {
    let day = day
    let due = await node.community().transactive.lem(day.lem)!.dueRewards
    for first in stride(from: 0, to: due.count, by: TokenRewarded.maximumRewards) {
      let part = Array(due[first..<min(first + TokenRewarded.maximumRewards, due.count)])
      try await submit(&`operator`, at: time) { _ in
        [TokenRewarded(lem: day.lem, rewards: part).bytes]
      }
    }
    if !due.isEmpty { Console.note("\(stamp(time))  \(due.count) sellers receive tokens") }
  }

  /// Tells every six hours, and at the day's end, where the energy went.
  private func report(endingWith slot: Slot) {
    let done = day.slots.first.distance(to: slot) + 1
    let rest = done % Self.reportedSlots
    guard rest == 0 || done == day.slots.count else { return }
    let balance = day.balance((done - (rest == 0 ? Self.reportedSlots : rest))..<done)
    Console.note(
      "\(stamp(slot.end))  settled: \(balance.local.rounded) between neighbours, "
        + "\(balance.imported.rounded) from the grid, \(balance.exported.rounded) to the grid")
  }

  /// Local date and time, "2026-06-17 08:00".
  private func stamp(_ instant: Instant) -> String {
    let local = instant.advanced(byMilliseconds: day.zone.offset(at: instant)).description
    return local.prefix(10) + " " + local.dropFirst(11).prefix(5)
  }
}
