import Community
import Encoding
import Market
import Quantities
import Transactive

/// What a day came to, for people: where the energy went and who saved what.
struct DaySummary {
  /// One participant's day.
  struct Line {
    var party: PartyID
    /// What it would have paid with the DSO's tariffs alone.
    var without: Money
    /// What it paid in the LEM.
    var with: Money

    var saved: Money { Money(nanos: without.nanos - with.nanos) }
  }

  let day: Day
  let lines: [Line]
  let balance: EnergyBalance
  let load: Energy
  let averagePrice: Price?
  let averageTariff: Tariff

  init(_ day: Day, _ community: Community) throws {
    self.day = day
    let market = community.transactive.lem(day.lem)!
    lines = try day.participants.map { participant in
      let received = community.transactive.balance(of: .party(participant.id), in: day.lem)!.money
      return Line(party: participant.id, without: try Self.cost(participant, day), with: -received)
    }
    balance = day.balance(day.slots.indices)
    load = Energy(wattHours: day.participants.reduce(0) { $0 + $1.actual.reduce(0) { $0 + $1.load } })
    let prices = day.slots.compactMap(market.price)
    averagePrice = prices.isEmpty ? nil : Price(units: prices.reduce(0) { $0 + $1.units } / prices.count)
    averageTariff = try Tariff(
      feedIn: Price(units: day.tariffs.reduce(0) { $0 + $1.feedIn.units } / day.tariffs.count),
      retail: Price(units: day.tariffs.reduce(0) { $0 + $1.retail.units } / day.tariffs.count))
  }

  private static func cost(_ participant: Day.Participant, _ day: Day) throws -> Money {
    try zip(participant.actual, day.tariffs).map { flow, tariff in
      let price = flow.net < 0 ? tariff.retail : tariff.feedIn
      return try price * Energy(wattHours: -flow.net)
    }.sum()
  }

  var saved: Money { Money(nanos: lines.reduce(0) { $0 + $1.saved.nanos }) }
  var best: Line { lines.max { ($0.saved, $1.party) < ($1.saved, $0.party) }! }
  var worst: Line { lines.min { ($0.saved, $0.party) < ($1.saved, $1.party) }! }

  /// The share of all load that the community's own generation covered, in per cent.
  var selfSufficiency: Int {
    load == .zero ? 0 : max(0, load.wattHours - balance.imported.wattHours) * 100 / load.wattHours
  }

  /// The table at the end.
  var table: [String] {
    var table = TextTable()
    table.add("energy traded between neighbours", balance.local.rounded)
    table.add("energy from the grid", balance.imported.rounded)
    table.add("energy to the grid", balance.exported.rounded)
    table.add("self-sufficiency", "\(selfSufficiency) %")
    table.add("grid's retail price, mean", averageTariff.retail.description(in: day.currency))
    table.add("LEM's price, mean of slots that traded", averagePrice?.description(in: day.currency) ?? "none")
    table.add("grid's feed-in price, mean", averageTariff.feedIn.description(in: day.currency))
    table.add("saved by the whole community", saved.cents(day.currency))
    table.add("best household, \(best.party)", best.saved.cents(day.currency))
    table.add("worst household, \(worst.party)", worst.saved.cents(day.currency))
    return table.lines
  }

  func write(to writer: inout JSONWriter) {
    writer.field("local_wh", balance.local)
    writer.field("imported_wh", balance.imported)
    writer.field("exported_wh", balance.exported)
    writer.field("load_wh", load)
    writer.field("self_sufficiency_percent", selfSufficiency)
    writer.field("currency", day.currency.code)
    if let averagePrice { writer.field("mean_price", averagePrice) }
    writer.field("saved", saved)
    writer.field("households", each: lines) { writer, line in
      writer.object { fields in
        fields.field("party", line.party)
        fields.field("without", line.without)
        fields.field("with", line.with)
        fields.field("saved", line.saved)
      }
    }
  }
}

extension Energy {
  /// To a tenth of a kWh, for tables.
  var rounded: String { Decimals.format((units + 50) / 100, decimals: 1, least: 1) + " kWh" }
}

extension Money {
  /// To a hundredth, for tables: rounded half away from zero.
  func cents(_ currency: Currency) -> String {
    let half = units < 0 ? -5_000_000 : 5_000_000
    return Decimals.format((units + half) / 10_000_000, decimals: 2, least: 2) + " \(currency)"
  }
}
