import Encoding
import Quantities
import Testing

@Suite("A price")
struct PriceTests {
  @Test func `prices energy exactly`() throws {
    #expect(try Price(microsPerKilowattHour: 1) * Energy(wattHours: 1) == Money(nanos: 1))
    #expect(try Price(microsPerKilowattHour: 218_500) * Energy(wattHours: 1000) == Money(nanos: 218_500_000))
    #expect(try Price(microsPerKilowattHour: 19_000) * Energy(wattHours: -501) == Money(nanos: -9_519_000))
    #expect(try Price(microsPerKilowattHour: -3) * Energy(wattHours: -7) == Money(nanos: 21))
    #expect(try Price.zero * Energy(wattHours: .max) == .zero)
  }

  @Test func `prices a kilowatt-hour at its own digits`() throws {
    let euro = try Currency("EUR")
    let money = try Price("0.2185 EUR/kWh", in: euro) * Energy("1 kWh")
    #expect(money.description(in: euro) == "0.2185 EUR")
  }

  @Test func `prices the most that may be traded in a slot`() throws {
    #expect(try Price.maximum * Energy.maximumPerSlot == Money(nanos: 10_000_000_000_000_000))
  }

  @Test(arguments: [(Int.max, 2), (2, Int.max), (1 << 32, 1 << 31), (Int.max, -2), (1 << 32, -1 << 31), (.max, .max)])
  func `refuses a product beyond 64 bits`(price: Int, energy: Int) {
    let error = #expect(throws: QuantityError.self) { try Price(units: price) * Energy(units: energy) }
    #expect(error?.code == "quantity_overflow")
  }

  @Test(arguments: [
    ("0.2185 EUR/kWh", 218_500, "0.2185 EUR/kWh"), ("0 EUR/kWh", 0, "0.00 EUR/kWh"),
    ("-1 EUR/kWh", -1_000_000, "-1.00 EUR/kWh"),
    ("0.000001 EUR/kWh", 1, "0.000001 EUR/kWh"), ("100.00 EUR/kWh", 100_000_000, "100.00 EUR/kWh"),
  ])
  func `is read and written`(text: String, micros: Int, written: String) throws {
    let euro = try Currency("EUR")
    let price = try Price(text, in: euro)
    #expect(price == Price(microsPerKilowattHour: micros))
    #expect(price.description(in: euro) == written)
    #expect(try Price(written, in: euro) == price)
    #expect(price.description + " EUR" == written.replacing(" EUR", with: "") + " EUR")
  }

  @Test(arguments: [
    "", "1", "1 EUR", "1 GBP/kWh", "1 EUR/MWh", "1 EUR/kWH", "1EUR/kWh", "0.0000001 EUR/kWh", "9223372036855 EUR/kWh",
    "1 EUR/kWh/kWh",
  ])
  func `refuses other units`(text: String) throws {
    let euro = try Currency("EUR")
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not a price in EUR, such as \"1.5 EUR/kWh\"")) {
      try Price(text, in: euro)
    }
  }

  /// U+212A KELVIN SIGN is equal to "K" as a Swift string.
  @Test func `goes by the bytes of its unit`() throws {
    let crown = try Currency("SEK")
    #expect(throws: QuantityError.self) { try Price("1 SE\u{212A}/kWh", in: crown) }
    #expect(throws: QuantityError.self) { try Money("1 SE\u{212A}", in: crown) }
  }
}
