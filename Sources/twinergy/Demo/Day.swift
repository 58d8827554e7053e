import Market
import Quantities

/// A day of a community as Specs/day-files.md describes it: who takes part, what they expected, what was metered.
struct Day {
  /// One who takes part.
  struct Participant {
    var id: PartyID
    var kind: String
    var people: Int
    var feeder: String
    var pvWatts: Int
    var batteryWattHours: Int
    /// Forecast the day before, a value a slot.
    var expected: [Flow] = []
    /// Metered, a value a slot.
    var actual: [Flow] = []
  }

  /// Wh of one participant in one slot.
  struct Flow {
    var load: Int
    var generation: Int
    /// Positive when the battery charges.
    var charge: Int

    /// Wh given to the grid; negative where taken.
    var net: Int { generation - load - charge }
  }

  var community: String
  var title: String
  var lem: LEMID
  var zone: TimeZoneRule
  var currency: Currency
  var source: String
  var market: MarketDay
  var tariffs: [Tariff]
  var participants: [Participant]

  var slots: SlotRange { market.slots }
}

/// Where the energy of some slots went.
struct EnergyBalance {
  /// Given by members and taken by others in the same slot.
  var local = Energy.zero
  /// Taken from the grid.
  var imported = Energy.zero
  /// Given to the grid.
  var exported = Energy.zero
}

extension Day {
  /// Where the metered energy of the slots at `positions` went.
  func balance(_ positions: Range<Int>) -> EnergyBalance {
    var (local, imported, exported) = (0, 0, 0)
    for position in positions {
      let nets = participants.map { $0.actual[position].net }
      let (given, taken) = (nets.reduce(0) { $0 + max(0, $1) }, nets.reduce(0) { $0 + max(0, -$1) })
      local += min(given, taken)
      imported += max(0, taken - given)
      exported += max(0, given - taken)
    }
    return EnergyBalance(
      local: Energy(wattHours: local), imported: Energy(wattHours: imported), exported: Energy(wattHours: exported))
  }
}
