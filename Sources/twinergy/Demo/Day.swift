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
