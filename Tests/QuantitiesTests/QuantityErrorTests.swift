import Quantities
import Testing

@Suite("A quantity error")
struct QuantityErrorTests {
  @Test(arguments: [
    (QuantityError.overflow("x"), "quantity_overflow"), (.syntax("x"), "quantity_syntax"),
    (.range("x"), "quantity_range"),
  ])
  func `has a code that never changes`(error: QuantityError, code: String) {
    #expect(error.code == code)
    #expect(error.sentence == "x")
    #expect(error.description == code + ": x")
  }

  @Test(arguments: [String(repeating: "x", count: 100_000), "1\u{1B}[2J\r\n", "1 \u{202E}hWk"])
  func `keeps texts from outside short and harmless`(text: String) throws {
    let euro = try Currency("EUR")
    let reads: [() throws -> Void] = [
      { _ = try CivilDate(text) }, { _ = try Currency(text) }, { _ = try Energy(text) }, { _ = try Power(text) },
      { _ = try Instant(text) }, { _ = try Price(text, in: euro) }, { _ = try Money(text, in: euro) },
      { _ = try Ratio(text) },
      { _ = try PartyID(text) }, { _ = try TimeZoneRule(text) },
    ]
    for read in reads {
      let error = try #require(throws: QuantityError.self) { try read() }
      #expect(error.sentence.utf8.count < 250)
      #expect(!error.sentence.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }
  }
}
