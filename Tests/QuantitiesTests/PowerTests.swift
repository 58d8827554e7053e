import Encoding
import Quantities
import Testing

@Suite("A power")
struct PowerTests {
  @Test(arguments: [
    ("7.4 kW", 7400, "7.4 kW"), ("230 W", 230, "0.23 kW"), ("2 MW", 2_000_000, "2000 kW"), ("-1 W", -1, "-0.001 kW"),
  ])
  func `is read in three units and written in kilowatts`(text: String, watts: Int, written: String) throws {
    let power = try Power(text)
    #expect(power == Power(watts: watts))
    #expect(power.description == written)
    #expect(try Power(written) == power)
  }

  @Test(arguments: ["", "1", "1 kWh", "0.5 W", "1 kw", "1 KW", "9223372036854775808 W"]) func `refuses the rest`(
    text: String
  ) {
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not a power, such as \"1.5 MW\"")) { try Power(text) }
  }
}
