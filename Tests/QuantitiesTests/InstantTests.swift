import Chance
import Encoding
import Foundation
import Quantities
import Testing

@Suite("An instant")
struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2026-06-18T10:00:00.000Z", 1_781_776_800_000),
    ("0000-01-01T00:00:00.000Z", -62_167_219_200_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ("2024-02-29T12:34:56.789Z", 1_709_210_096_789),
  ])
  func `is read and written`(text: String, milliseconds: Int) throws {
    #expect(try Instant(text).milliseconds == milliseconds)
    #expect(Instant(milliseconds: milliseconds).description == text)
  }

  @Test func `may be read without its milliseconds`() throws {
    #expect(try Instant("2026-06-18T10:00:00Z") == Instant("2026-06-18T10:00:00.000Z"))
  }

  @Test(arguments: [
    "", "2026-06-18", "2026-06-18T10:00:00", "2026-06-18T10:00:00.000", "2026-06-18 10:00:00Z", "2026-06-18t10:00:00Z",
    "2026-06-18T10:00:00z", "2026-06-18T10:00:00X", "2026-06-18T10:00:00+", "2026-06-18T10:00:001",
    "2026-06-18T10:00:00.",
    "2026-06-18T10:00:00.00Z", "2026-06-18T10:00:00.0000Z", "2026-06-18T10:00:00+00:00", "2026-06-18T24:00:00Z",
    "2026-06-18T10:60:00Z", "2026-06-18T23:59:60Z", "2026-02-29T10:00:00Z", "2026-00-18T10:00:00Z",
    "2026-13-18T10:00:00Z",
    "+026-06-18T10:00:00Z", "2026-06-18T+1:00:00Z", "2026-06-18T10:00:00,000Z", "2026-06-18T10:00:00.000Ä",
    "2026-06-18T10:00:0٠",
    " 2026-06-18T10:00:00", "10000-01-01T00:00:00Z",
  ])
  func `refuses other texts`(text: String) {
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not a time such as \"2026-06-18T10:00:00.000Z\"")) {
      try Instant(text)
    }
  }

  @Test func `is written as Foundation writes it`() throws {
    var random = SplitMix64(seed: 4)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for _ in 0..<2000 {
      let seconds = Int.random(in: -11_000_000_000...253_402_300_799, using: &random)
      let instant = Instant(milliseconds: seconds * 1000)
      #expect(instant.description == Date(timeIntervalSince1970: Double(seconds)).formatted(style))
      #expect(try Instant(instant.description) == instant)
    }
  }

  @Test(arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-1000, -1), (-1001, -2), (Int.min, -9_223_372_036_854_776)])
  func `counts whole seconds downwards`(milliseconds: Int, seconds: Int) {
    #expect(Instant(milliseconds: milliseconds).seconds == seconds)
  }

  @Test(arguments: [
    (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"), (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
    (Int.max, "292278994-08-17T07:12:55.807Z"), (Int.min, "-292275055-05-16T16:47:04.192Z"),
  ])
  func `is written even where it has no text to be read`(milliseconds: Int, text: String) {
    #expect(Instant(milliseconds: milliseconds).description == text)
    #expect(throws: QuantityError.self) { try Instant(text) }
  }
}
