import Chance
import Quantities
import Testing

@Suite("The text of a time zone rule")
struct TimeZoneRuleParserTests {
  @Test(arguments: [
    ("UTC0", 0, 0), ("CET-1", 1, 1), ("CET-01:00:00", 1, 1), ("EST+5EDT,M3.2.0,M11.1.0", -5, -4), ("<+03>-3", 3, 3),
    ("AAA-1AAA-1,M3.1.0,M10.1.0", 1, 1), ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 1), ("ABC-14", 14, 14), ("ABC12", -12, -12),
    ("CET-1CEST-2,M3.5.0/2:00:00,M10.5.0/+3", 1, 2), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -2, -1),
  ])
  func `is read and kept`(text: String, january: Int, july: Int) throws {
    let rule = try TimeZoneRule(text)
    #expect(rule.description == text)
    #expect(try rule.offset(at: Instant("2026-01-15T12:00:00Z")) == january * 3_600_000)
    #expect(try rule.offset(at: Instant("2026-07-15T12:00:00Z")) == july * 3_600_000)
  }

  @Test(arguments: [
    "", "UTC", "0", "CE-1", "<CE>-1", "<CET-1", "CET>-1", "<C T>-1", "CÉT-1", "CET--1", "CET+-1", "CET-", "CET-25",
    "CET-1:", "CET-1:60",
    "CET-1:00:60", "CET-1:00:00:00", "CET-1 ", " CET-1", "CET-1\n", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0",
    "CET-1CEST,M3.5.0,", "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,M3.5.0,M10.5.0/3x",
    "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5,M10.5.0", "CET-1CEST,M3.5.0/168,M10.5.0",
    "CET-1CEST,M3.5.0/-168,M10.5.0",
    "CET-1CEST,J60,J300", "CET-1CEST,60,300", "CET-1CEST,m3.5.0,M10.5.0", "CET-1CE,M3.5.0,M10.5.0", "Europe/Berlin",
    "CET-99999999999999999999", "CET-1CEST,M99999999999999999999.5.0,M10.5.0", "CET-٠",
    "<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>0",
  ])
  func `is refused where POSIX writes it otherwise`(text: String) {
    let error = #expect(throws: QuantityError.self) { try TimeZoneRule(text) }
    #expect(error?.code == "quantity_syntax")
  }

  /// Slots begin at whole quarter-hours of UTC, and a market day has 92 to 100 of them.
  @Test(arguments: [
    "LMT-0:53:28", "LMT-0:01", "LMT-0:14:59", "LMT0:07:30", "CET-1CEST-2:05,M3.5.0,M10.5.0",
    "CET-1:10CEST,M3.5.0,M10.5.0",
    "CET-1CEST,M3.5.0/2:10,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3:00:01", "<+00>0<+02>-2,M3.5.0/1,M10.5.0/3",
    "AAA-1BBB1,M3.5.0,M10.5.0", "AAA24BBB-24,M3.5.0,M10.5.0",
  ])
  func `is refused where its days do not consist of slots`(text: String) {
    let error = #expect(throws: QuantityError.self) { try TimeZoneRule(text) }
    #expect(error?.code == "quantity_syntax")
  }

  @Test func `is refused or kept, whatever was changed in it`() {
    var random = SplitMix64(seed: 6)
    let characters = Array("CEST,M/.:-+<>0123456789é\0")
    for _ in 0..<3000 {
      var text = Array(Zone.all.randomElement(using: &random)!.text)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !text.isEmpty {
        let at = text.indices.randomElement(using: &random)!
        text.replaceSubrange(
          at..<at + Int.random(in: 0...1, using: &random), with: [characters.randomElement(using: &random)!])
      }
      guard let rule = try? TimeZoneRule(String(text)) else { continue }
      #expect(rule.description == String(text))
      for time in [Int.min, 0, 1_781_776_800_000, .max] {
        #expect(abs(rule.offset(at: Instant(milliseconds: time))) < 90_000_000)
      }
    }
  }
}
