import Chance
import Foundation
import Kernel
import Quantities
import Testing
import Transactive
import Village

/// The same market, kept by other means: every order in one list, every price tried, every unit counted by hand.
private struct Reference {
  struct Standing {
    var party: String
    var order: String
    var side: String
    var price: Int
    var energy: Int
  }

  let feedIn = 8_000
  let retail = 30_000
  var books: [Int: [Standing]] = [:]
  var prices: [Int: Int] = [:]
  var positions: [Int: [String: (energy: Int, money: Int)]] = [:]
  var metered: [Int: [String: Int]] = [:]
  var money: [String: Int] = [:]
  var energy: [String: Int] = [:]
  var tokens: [String: Int] = [:]
  var earned: [String: Int] = [:]

  /// `total` by `weights`, the rest by largest remainder, the first of equals.
  static func split(_ total: Int, _ weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    let magnitude = abs(total)
    var parts = weights.map { magnitude * $0 / sum }
    for _ in 0..<(magnitude - parts.reduce(0, +)) {
      let rest = weights.indices.filter { parts[$0] == magnitude * weights[$0] / sum }
      let best = rest.max { a, b in
        let (x, y) = (magnitude * weights[a] % sum, magnitude * weights[b] % sum)
        return x == y ? a > b : x < y
      }
      parts[best!] += 1
    }
    return parts.map { total < 0 ? -$0 : $0 }
  }

  mutating func clear(_ slot: Int) -> (volume: Int, price: Int?) {
    let book = books[slot] ?? []
    let (bids, asks) = (book.indices.filter { book[$0].side == "bid" }, book.indices.filter { book[$0].side == "ask" })
    func demand(_ price: Int) -> Int { bids.reduce(0) { $0 + (book[$1].price >= price ? book[$1].energy : 0) } }
    func supply(_ price: Int) -> Int { asks.reduce(0) { $0 + (book[$1].price <= price ? book[$1].energy : 0) } }
    let volume = book.map { min(demand($0.price), supply($0.price)) }.max() ?? 0
    guard volume > 0 else { return (0, nil) }
    // The margin of each side: the price at which its merit order reaches the volume, and whether it is wanted whole.
    let bidPrices = Set(bids.map { book[$0].price }).sorted(by: >)
    let askPrices = Set(asks.map { book[$0].price }).sorted()
    let lastBid = bidPrices.first { demand($0) >= volume }!
    let lastAsk = askPrices.first { supply($0) >= volume }!
    let nextBid = demand(lastBid) > volume ? lastBid : bidPrices.first { $0 < lastBid } ?? feedIn
    let nextAsk = supply(lastAsk) > volume ? lastAsk : askPrices.first { $0 > lastAsk } ?? retail
    let (low, high) = (max(lastAsk, nextBid), min(lastBid, nextAsk))
    let price = low + (high - low) / 2
    fill(slot, bids, volume, lastBid, price, sign: -1) { $0 > lastBid }
    fill(slot, asks, volume, lastAsk, price, sign: 1) { $0 < lastAsk }
    books[slot]!.removeAll { $0.energy == 0 }
    prices[slot] = price
    return (volume, price)
  }

  private mutating func fill(
    _ slot: Int, _ side: [Int], _ volume: Int, _ margin: Int, _ price: Int, sign: Int, _ isInside: (Int) -> Bool
  ) {
    let book = books[slot]!
    let inside = side.filter { isInside(book[$0].price) }
    let marginal = side.filter { book[$0].price == margin }
    let left = volume - inside.reduce(0) { $0 + book[$1].energy }
    let parts = Self.split(left, marginal.map { book[$0].energy })
    for (position, wattHours) in inside.map({ ($0, book[$0].energy) }) + Array(zip(marginal, parts)) {
      books[slot]![position].energy -= wattHours
      positions[slot, default: [:]][book[position].party, default: (0, 0)].energy += sign * wattHours
      positions[slot]![book[position].party]!.money += sign * wattHours * price
    }
  }

  mutating func settle(_ slot: Int, _ members: [String]) {
    let price = prices[slot] ?? (feedIn + retail) / 2
    let position = positions[slot] ?? [:]
    let nets = members.map { metered[slot]?[$0] ?? position[$0]?.energy ?? 0 }
    let deviations = zip(members, nets).map { $1 - (position[$0]?.energy ?? 0) }
    let (up, down) = (deviations.map { max(0, $0) }, deviations.map { max(0, -$0) })
    let (given, taken) = (up.reduce(0, +), down.reduce(0, +))
    let inside = min(given, taken)
    let credit = inside * price + (given - inside) * feedIn
    let charge = inside * price + (taken - inside) * retail
    let (credits, charges) = (Self.split(credit, up), Self.split(-charge, down))
    for (number, member) in members.enumerated() {
      money[member, default: 0] += (position[member]?.money ?? 0) + credits[number] + charges[number]
      energy[member, default: 0] -= nets[number]
      if let metered = metered[slot]?[member] {
        earned[member, default: 0] += max(0, min(metered, position[member]?.energy ?? 0))
      }
    }
    money["grid", default: 0] += charge - credit
    energy["grid", default: 0] += nets.reduce(0, +)
  }
}

@Suite("Double entry") struct DoubleEntryTests {
  static let seeds = 0..<(ProcessInfo.processInfo.environment["TWINERGY_SEEDS"].flatMap { Int($0) } ?? 40)

  @Test(arguments: seeds)
  func `agrees with an accounting by other means over a random day`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (parties, slots) = (["anna", "bert", "carl", "dora"], 6)
    var village = try Village.trading(slots: slots, parties: parties)
    var reference = Reference()
    var orders: [(party: String, order: String)] = []
    for round in 0..<3 {
      for _ in 0..<Int.random(in: 2...9, using: &random) {
        try order(&village, &reference, &orders, parties, slots, &random)
      }
      if !orders.isEmpty, Bool.random(using: &random) { try cancel(&village, &reference, &orders, &random) }
      for slot in Village.midnight..<Village.midnight + slots where round == 2 || Bool.random(using: &random) {
        try clear(&village, &reference, slot)
      }
    }
    try village.wait(untilEndOf: Village.midnight + slots)
    for slot in (Village.midnight..<Village.midnight + slots).shuffled(using: &random) {
      for party in parties where Int.random(in: 0..<4, using: &random) > 0 {
        let (imported, exported) = (Int.random(in: 0...900, using: &random), Int.random(in: 0...900, using: &random))
        try village.say("gateway", Say.reading("\(party).m", slot, imported: [imported], exported: [exported]))
        reference.metered[slot, default: [:]][party] = exported - imported
      }
      try village.say("operator", try village.settlement(slot))
      reference.settle(slot, parties)
      try compare(village, reference, parties + ["grid"], seed)
    }
    let due = reference.earned.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    #expect(try village.market.dueRewards.map(\.party.text) == due.map(\.key), "seed \(seed)")
    if !due.isEmpty { try village.say("operator", Say.rewarded(due.map { ($0.key, $0.value) })) }
    reference.tokens = reference.earned
    try compare(village, reference, parties, seed)
    #expect(village.community.isBalanced)
  }

  private func order(
    _ village: inout Village, _ reference: inout Reference, _ orders: inout [(party: String, order: String)],
    _ parties: [String], _ slots: Int, _ random: inout SplitMix64
  ) throws {
    let (party, name) = (parties.randomElement(using: &random)!, "o\(village.index)")
    let side = Bool.random(using: &random) ? "bid" : "ask"
    let first = Int.random(in: 0..<slots, using: &random)
    let count = Int.random(in: 1...(slots - first), using: &random)
    // Few prices, so that many orders meet at the margin.
    let prices = (0..<count).map { _ in Int.random(in: 4...15, using: &random) * 2_000 }
    let energies = (0..<count).map { _ in Int.random(in: 0...500, using: &random) }
    guard energies.contains(where: { $0 > 0 }) else { return }
    try village.say(party, Say.order(party, name, side, Village.midnight + first, prices, energies))
    orders.append((party, name))
    for position in 0..<count where energies[position] > 0 {
      reference.books[Village.midnight + first + position, default: []].append(
        .init(party: party, order: name, side: side, price: prices[position], energy: energies[position]))
    }
  }

  private func cancel(
    _ village: inout Village, _ reference: inout Reference, _ orders: inout [(party: String, order: String)],
    _ random: inout SplitMix64
  ) throws {
    let (party, name) = orders.remove(at: Int.random(in: 0..<orders.count, using: &random))
    let stands = reference.books.values.contains { $0.contains { $0.order == name } }
    guard stands else {
      #expect(try village.refusal(party, Say.cancelled(party, name))?.code == "gate_closed")
      return
    }
    try village.say(party, Say.cancelled(party, name))
    for slot in Array(reference.books.keys) { reference.books[slot]!.removeAll { $0.order == name } }
  }

  private func clear(_ village: inout Village, _ reference: inout Reference, _ slot: Int) throws {
    try village.say("operator", Say.gate(slot))
    let said = try village.market.result(LEMID("l"), SlotRange(Slot(slot), count: 1))
    let (volume, price) = reference.clear(slot)
    #expect(said.volumes.map(\.wattHours) == [volume] && said.prices.map { $0?.units } == [price])
    try village.say("operator", try village.clearing(slot))
  }

  private func compare(_ village: Village, _ reference: Reference, _ accounts: [String], _ seed: Int) throws {
    for account in accounts {
      let expected = [reference.money[account] ?? 0, reference.energy[account] ?? 0, reference.tokens[account] ?? 0]
      #expect(try village.balance(account) == expected, "\(account), seed \(seed)")
    }
    #expect(reference.money.values.reduce(0, +) == 0 && reference.energy.values.reduce(0, +) == 0, "seed \(seed)")
  }
}
