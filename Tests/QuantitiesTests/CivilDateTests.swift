import Encoding
import Quantities
import Testing

@Suite("A civil date")
struct CivilDateTests {
  private func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

  /// Steps from 1600-01-01, a Saturday 135 140 days before 1970.
  @Test func `counts every day of 1600 to 2400`() throws {
    let start = try #require(CivilDate(year: 1600, month: 1, day: 1))
    var (days, weekday, wrong) = (-135_140, 6, 0)
    for year in 1600...2400 {
      for (index, length) in [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          let date = CivilDate(year: year, month: index + 1, day: day)
          if date?.daysSince1970 != days || date?.weekday != weekday { wrong += 1 }
          if date != start.advanced(byDays: days + 135_140) { wrong += 1 }
          days += 1
          weekday = (weekday + 1) % 7
        }
        if CivilDate(year: year, month: index + 1, day: length + 1) != nil { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    #expect(days == 157_420)
  }

  @Test(arguments: [
    ("0000-01-01", -719_528, 6), ("0001-01-01", -719_162, 1), ("1582-10-15", -141_427, 5), ("1969-12-31", -1, 3),
    ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2026-06-18", 20_622, 4), ("9999-12-31", 2_932_896, 5),
  ])
  func `is read, counted and written`(text: String, days: Int, weekday: Int) throws {
    let date = try CivilDate(text)
    #expect(date.daysSince1970 == days)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
    #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
  }

  @Test(arguments: [
    "", "2026", "2026-06", "2026-6-18", "2026-06-1", "02026-06-18", "2026-06-018", "2026/06/18", "2026-06-18 ",
    " 2026-06-18",
    "+026-06-18", "2026-+6-18", "2026-06-+8", "-026-06-18", "2026--6-18", "2026-06--8", "2026-00-01", "2026-13-01",
    "2026-01-00", "2026-01-32", "2026-02-29", "1900-02-29", "2026-04-31", "20260618", "2026-06-1٨", "٢٠٢٦-06-18",
    "2026-06-18\u{301}", "99999999999999999999-01-01", "a026-06-18",
  ])
  func `refuses what the calendar does not have`(text: String) {
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not a day such as \"2026-06-18\"")) {
      try CivilDate(text)
    }
  }

  @Test(arguments: [
    (-1, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (Int.min, .min, .min), (.max, .max, .max),
  ])
  func `has no day outside`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test func `orders by time`() throws {
    #expect(try CivilDate("2025-12-31") < CivilDate("2026-01-01"))
    #expect(try CivilDate("2026-01-31") < CivilDate("2026-02-01"))
    #expect(try !(CivilDate("2026-02-01") < CivilDate("2026-02-01")))
  }

  @Test func `steps over the turn of months and years`() throws {
    #expect(try CivilDate("2026-12-31").advanced(byDays: 1) == CivilDate("2027-01-01"))
    #expect(try CivilDate("2024-03-01").advanced(byDays: -1) == CivilDate("2024-02-29"))
    #expect(try CivilDate("2026-06-18").advanced(byDays: 0) == CivilDate("2026-06-18"))
  }
}
