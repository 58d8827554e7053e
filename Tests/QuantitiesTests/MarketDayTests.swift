import Foundation
import Quantities
import Testing

@Suite("A market day")
struct MarketDayTests {
  private func day(_ date: String, _ zone: String) throws -> MarketDay {
    try MarketDay(CivilDate(date), in: TimeZoneRule(zone))
  }

  @Test(arguments: Zone.all) func `begins where Foundation's calendar begins it`(zone: Zone) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone.name))
    let rule = try zone.rule
    var date = try CivilDate("2024-01-01")
    var next: Slot?
    while date.year < 2031 {
      let day = try MarketDay(date, in: rule)
      let noon = try #require(
        calendar.date(from: DateComponents(year: date.year, month: date.month, day: date.day, hour: 12)))
      #expect(day.slots.first.start.seconds == Int(calendar.startOfDay(for: noon).timeIntervalSince1970), "\(date)")
      #expect(next == nil || day.slots.first == next, "\(date)")
      next = day.slots.last.advanced(by: 1)
      date = date.advanced(byDays: 1)
    }
  }

  @Test(arguments: [
    "Europe/Berlin", "Europe/London", "Europe/Athens", "America/New_York", "America/Santiago", "Australia/Sydney",
  ])
  func `has 96 slots but on two days of the year`(name: String) throws {
    let rule = try #require(try Zone.all.first { $0.name == name }?.rule)
    for year in 2024...2030 {
      let first = try CivilDate("\(year)-01-01")
      let counts = try (0..<365).map { try MarketDay(first.advanced(byDays: $0), in: rule).slots.count }
      #expect(counts.count { $0 == 92 } == 1)
      #expect(counts.count { $0 == 100 } == 1)
      #expect(counts.count { $0 == 96 } == 363)
    }
  }

  @Test(arguments: [
    ("2026-06-18", "CET-1CEST,M3.5.0,M10.5.0/3", "2026-06-17T22:00:00Z", 96),
    ("2026-03-29", "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-28T23:00:00Z", 92),
    ("2026-10-25", "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-24T22:00:00Z", 100),
    ("2026-10-04", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T13:30:00Z", 94),
    ("2026-04-05", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T13:00:00Z", 98),
    // Midnight is skipped: the day begins with the change.
    ("2026-03-29", "EET-2EEST,M3.5.0/0,M10.5.0/0", "2026-03-28T22:00:00Z", 92),
    ("2026-09-06", "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2026-09-06T04:00:00Z", 92),
    ("2026-03-29", "AAA0BBB,M3.5.6/23:30,M10.5.0", "2026-03-28T23:30:00Z", 94),
    ("2026-03-28", "AAA0BBB,M3.5.6/23:30,M10.5.0", "2026-03-28T00:00:00Z", 94),
    // Midnight comes twice: the day begins with the first.
    ("2026-11-01", "CST5CDT,M3.2.0/0,M11.1.0/1", "2026-11-01T04:00:00Z", 100),
    ("2026-10-24", "EET-2EEST,M3.5.0/0,M10.5.0/0", "2026-10-23T21:00:00Z", 100),
    ("9999-12-31", "UTC0", "9999-12-31T00:00:00Z", 96),
    ("9999-12-31", "AEST-10AEDT,M10.1.0,M4.1.0/3", "9999-12-30T13:00:00Z", 96),
    ("1970-01-01", "EST5EDT,M3.2.0,M11.1.0", "1970-01-01T05:00:00Z", 96),
  ])
  func `begins at local midnight and ends at the next`(date: String, zone: String, start: String, count: Int) throws {
    let day = try day(date, zone)
    #expect(day.date == (try CivilDate(date)))
    #expect(try day.slots.first.start == Instant(start))
    #expect(day.slots.count == count)
  }

  @Test(arguments: [
    ("1970-01-01", "CET-1CEST,M3.5.0,M10.5.0/3"), ("1969-12-31", "UTC0"),
    ("0000-01-01", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    ("0000-12-31", "EST5EDT,M3.2.0,M11.1.0"), ("9999-12-31", "EST5EDT,M3.2.0,M11.1.0"),
  ])
  func `is refused where slots have no numbers`(date: String, zone: String) {
    let error = #expect(throws: QuantityError.self) { try day(date, zone) }
    #expect(error?.code == "quantity_range")
  }
}
