import Encoding
import Quantities
import Testing

@Suite("An amount of money")
struct MoneyTests {
  @Test(arguments: [
    ("12.50 EUR", 12_500_000_000, "12.50"), ("12.5 EUR", 12_500_000_000, "12.50"), ("0 EUR", 0, "0.00"),
    ("-0.000000001 EUR", -1, "-0.000000001"), ("9223372036.854775807 EUR", Int.max, "9223372036.854775807"),
  ])
  func `is read and written`(text: String, nanos: Int, written: String) throws {
    let euro = try Currency("EUR")
    let money = try Money(text, in: euro)
    #expect(money == Money(nanos: nanos))
    #expect(money.description == written)
    #expect(try Money(money.description(in: euro), in: euro) == money)
  }

  @Test(arguments: [
    "", "1", "1 GBP", "EUR 1", "1 EURO", "1.0000000001 EUR", "9223372036.854775808 EUR", "€ 1", "1,50 EUR",
  ])
  func `refuses other currencies and more than nine decimals`(text: String) throws {
    let euro = try Currency("EUR")
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not an amount of EUR, such as \"1.5 EUR\"")) {
      try Money(text, in: euro)
    }
  }
}
