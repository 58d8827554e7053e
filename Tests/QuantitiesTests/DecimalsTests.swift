import Chance
import Quantities
import Testing

@Suite("Decimal text")
struct DecimalsTests {
  @Test(arguments: [
    (0, 3, 0, "0"), (0, 3, 2, "0.00"), (1, 3, 0, "0.001"), (-1, 3, 0, "-0.001"), (1000, 3, 0, "1"), (1200, 3, 0, "1.2"),
    (1200, 3, 2, "1.20"), (1234, 3, 2, "1.234"), (12, 0, 0, "12"), (-120, 0, 0, "-120"), (999, 3, 0, "0.999"),
    (Int.max, 9, 2, "9223372036.854775807"), (.min, 9, 2, "-9223372036.854775808"),
    (.min, 0, 0, "-9223372036854775808"),
  ])
  func `is written with all its digits`(value: Int, decimals: Int, least: Int, text: String) {
    #expect(Decimals.format(value, decimals: decimals, least: least) == text)
  }

  @Test(arguments: [
    ("0", 3, 0), ("-0", 3, 0), ("1", 3, 1000), ("1.2", 3, 1200), ("-1.234", 3, -1234), ("0.001", 3, 1), ("007", 0, 7),
    ("9223372036854775807", 0, Int.max), ("-9223372036854775807", 0, -Int.max), ("9223372036.854775807", 9, .max),
    ("000000000000000000000000000000001", 0, 1),
  ])
  func `is read exactly`(text: String, decimals: Int, value: Int) {
    #expect(Decimals.parse(text, decimals: decimals) == value)
  }

  @Test(arguments: [
    "", "-", ".", "-.", ".5", "5.", "1.2.3", "1..2", "--1", "+1", "1-", " 1", "1 ", "1e3", "0x1", "1,5", "1_0",
    "1.2345", "١",
    "−1", "1\u{301}", "9223372036854775.808", "-9223372036854775.808", "9223372036854776", "18446744073709551616",
    "99999999999999999999999999999999",
  ])
  func `refuses signs, gaps, exponents, and more than fits`(text: String) {
    #expect(Decimals.parse(text, decimals: 3) == nil)
  }

  @Test func `goes both ways for any number`() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<5000 {
      let value = Int.random(in: -Int.max ... .max, using: &random) >> Int.random(in: 0...63, using: &random)
      let decimals = Int.random(in: 0...9, using: &random)
      let text = Decimals.format(value, decimals: decimals, least: Int.random(in: 0...decimals, using: &random))
      #expect(Decimals.parse(text, decimals: decimals) == value)
    }
  }
}
