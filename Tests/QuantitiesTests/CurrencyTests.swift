import Encoding
import Quantities
import Testing

@Suite("A currency")
struct CurrencyTests {
  @Test(arguments: ["EUR", "GBP", "SEK"]) func `has three capital letters`(code: String) throws {
    #expect(try Currency(code).code == code)
    #expect(try Currency(code).description == code)
  }

  @Test(arguments: ["", "EU", "EURO", "eur", "Eur", "E R", "EU1", "€", "ÄÖ", "SE\u{212A}", "@UR", "[UR"])
  func `has nothing else`(code: String) {
    #expect(throws: QuantityError.syntax("\(quoted(code)) is not a currency code of three capital letters")) {
      try Currency(code)
    }
  }
}
