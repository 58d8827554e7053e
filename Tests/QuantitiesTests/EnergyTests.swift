import Encoding
import Quantities
import Testing

@Suite("An energy")
struct EnergyTests {
  @Test(arguments: [
    ("1.234 kWh", 1234), ("750 Wh", 750), ("2 MWh", 2_000_000), ("-0.5 kWh", -500), ("0 Wh", 0), ("0.000001 MWh", 1),
    ("9223372036854775807 Wh", Int.max),
  ])
  func `is read in three units`(text: String, wattHours: Int) throws {
    #expect(try Energy(text) == Energy(wattHours: wattHours))
  }

  @Test(arguments: [
    "", "1", "Wh", " Wh", "1Wh", "1  Wh", "1 wh", "1 kwh", "1 KWh", "1 W", "0.5 Wh", "1.2345 kWh", "1 kWh ", "1 GWh",
    "9223372036854775808 Wh", "10000000000000 MWh", "1\u{A0}kWh", "1 kWh\u{301}", "1 k Wh",
  ])
  func `refuses other units and parts of a watt-hour`(text: String) {
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not an amount of energy, such as \"1.5 MWh\"")) {
      try Energy(text)
    }
  }

  @Test(arguments: [0, 1, -1, 999, 1000, 100_000_000, Int.max, -Int.max]) func `is written in kilowatt-hours`(
    wattHours: Int
  ) throws {
    let energy = Energy(wattHours: wattHours)
    #expect(energy.description.hasSuffix(" kWh"))
    #expect(try Energy(energy.description) == energy)
  }
}
