import Chance
import Foundation
import Quantities
import Testing

@Suite("A time zone rule")
struct TimeZoneRuleTests {
  @Test(arguments: Zone.all) func `agrees with Foundation in every hour of 2024 to 2030`(zone: Zone) throws {
    let (rule, theirs) = (try zone.rule, try #require(TimeZone(identifier: zone.name)))
    let hours = try Instant("2024-01-01T00:00:00Z").milliseconds..<Instant("2031-01-01T00:00:00Z").milliseconds
    var wrong: [Instant] = []
    for time in stride(from: hours.lowerBound, to: hours.upperBound, by: 3_600_000) {
      let date = Date(timeIntervalSince1970: Double(time / 1000))
      if rule.offset(at: Instant(milliseconds: time)) != theirs.secondsFromGMT(for: date) * 1000 {
        wrong.append(Instant(milliseconds: time))
      }
    }
    #expect(wrong.count == 0, "first at \(wrong.first?.description ?? "")")
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 1, 2),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 2, 1),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00:00Z", 11, 10),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-10-03T16:00:00Z", 10, 11),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -5, -4),
    // A change told as an hour of the year before or after.
    ("AAA0BBB,M1.1.0/-160,M7.1.0", "2024-12-29T08:00:00Z", 0, 1),
    ("AAA0BBB,M7.1.0,M12.5.0/167", "2025-01-04T22:00:00Z", 1, 0),
    ("AAA0BBB,M7.1.0,M1.1.0/0", "2028-01-01T23:00:00Z", 1, 0),
    ("AAA0BBB,M7.1.0,M1.1.0/0", "2022-12-31T23:00:00Z", 1, 0),
  ])
  func `changes at its millisecond`(text: String, time: String, before: Int, after: Int) throws {
    let (rule, instant) = (try TimeZoneRule(text), try Instant(time))
    #expect(rule.offset(at: instant.advanced(byMilliseconds: -1)) == before * 3_600_000)
    #expect(rule.offset(at: instant) == after * 3_600_000)
  }

  @Test(arguments: Zone.all) func `has an offset at any instant`(zone: Zone) throws {
    let rule = try zone.rule
    let offsets = Set(try ["2026-01-15T00:00:00Z", "2026-07-15T00:00:00Z"].map { rule.offset(at: try Instant($0)) })
    let times = [
      Int.min, .min + 1, -62_167_219_200_001, -62_167_219_200_000, -1, 0, 253_402_300_800_000, .max - 1, .max,
    ]
    for time in times { #expect(offsets.contains(rule.offset(at: Instant(milliseconds: time)))) }
  }

  /// The calendar repeats after 400 years of 146 097 days, which are whole weeks.
  @Test(arguments: Zone.all) func `repeats after four hundred years`(zone: Zone) throws {
    let rule = try zone.rule
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let time = Int.random(in: 1_700_000_000_000...1_900_000_000_000, using: &random)
      let offset = rule.offset(at: Instant(milliseconds: time))
      for cycle in [-5, -1, 1, 19] {
        #expect(rule.offset(at: Instant(milliseconds: time + cycle * 146_097 * 86_400_000)) == offset)
      }
    }
  }

  @Test func `knows UTC`() throws {
    #expect(try TimeZoneRule("UTC0") == .utc)
    #expect(TimeZoneRule.utc.offset(at: Instant(milliseconds: .max)) == 0)
    #expect(TimeZoneRule.utc.description == "UTC0")
  }
}
