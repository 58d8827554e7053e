import Cryptography
import Foundation
import Market
import Quantities
import Transactive

/// How the households of a demonstration decide: what they expect to take or give, at prices that suit them.
enum Bidding {
  /// How much of the span between the tariffs a party gives the others, in per mille: 0 … 300, always the same.
  private static func modesty(_ party: PartyID) -> Int {
    Int(SHA256.hash(Array(party.text.utf8)).bytes[0]) * 300 / 255
  }

  /// The orders of `participant` for the day: a curve of bids, a curve of asks, or both.
  ///
  /// A buyer pays at most the retail tariff less its modesty, a seller wants at least the feed-in tariff plus it.
  static func orders(_ participant: Day.Participant, _ day: Day) throws -> [OrderPlaced] {
    let modesty = modesty(participant.id)
    let offers: [(side: Side, energy: (Day.Flow) -> Int, price: (Tariff) -> Int)] = [
      (.bid, { max(0, -$0.net) }, { $0.retail.units - ($0.retail.units - $0.feedIn.units) * modesty / 1000 }),
      (.ask, { max(0, $0.net) }, { $0.feedIn.units + ($0.retail.units - $0.feedIn.units) * modesty / 1000 }),
    ]
    return try offers.compactMap { side, energy, price in
      let energies = participant.expected.map { Energy(wattHours: energy($0)) }
      guard energies.contains(where: { $0 > .zero }) else { return nil }
      return try OrderPlaced(
        lem: day.lem, party: participant.id, order: OrderID("\(participant.id)-\(day.market.date)-\(side.rawValue)"),
        side: side, first: day.slots.first, prices: day.tariffs.map { Price(units: price($0)) }, energies: energies)
    }
  }

  /// The price that the operator expects: the expected cost of one more kWh.
  ///
  /// p = ⌊F + (R − F)·Φ(μ/σ)⌋ with the LEM's expected net load μ, and σ a fifth of what it turns over (market/RULES,
  /// "Price forecast"). Floating point is allowed: the result enters the log as integers and nobody recomputes it.
  static func forecast(_ day: Day) -> [Price] {
    day.slots.indices.map { slot in
      let nets = day.participants.map { Double(-$0.expected[slot].net) }
      let mean = nets.reduce(0, +)
      let deviation = max(1, nets.reduce(0) { $0 + abs($1) } / 5)
      let probability = 0.5 * erfc(-mean / deviation / 2.0.squareRoot())
      let tariff = day.tariffs[slot]
      let span = Double(tariff.retail.units - tariff.feedIn.units)
      return Price(units: tariff.feedIn.units + Int((span * probability).rounded(.down)))
    }
  }
}
