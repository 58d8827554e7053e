import Encoding

/// A day of the proleptic Gregorian calendar (ISO 8601).
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0 … 9999, unless reached by ``advanced(byDays:)``.
  public let year: Int
  /// 1 … 12.
  public let month: Int
  /// 1 … 31.
  public let day: Int

  /// The given day; nil where the calendar has none.
  public init?(year: Int, month: Int, day: Int) {
    guard Instant.years.contains(year), (1...12).contains(month),
      (1...Self.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads "2026-06-18".
  public init(_ text: String) throws(QuantityError) {
    guard let shape = TextShape(Array(text.utf8), "dddd-dd-dd"),
      let date = CivilDate(year: shape.number(0..<4), month: shape.number(5..<7), day: shape.number(8..<10))
    else { throw .syntax("\(quoted(text)) is not a day such as \"2026-06-18\"") }
    self = date
  }

  /// The day that begins `daysSince1970` days after 1970-01-01.
  ///
  /// Source: the era algorithm of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  public init(daysSince1970: Int) {
    let (era, dayOfEra) = (daysSince1970 + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days from 1970-01-01 to this day.
  ///
  /// Source: as ``init(daysSince1970:)``, `days_from_civil`.
  public var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.flooredDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// 0 for Sunday … 6 for Saturday.
  public var weekday: Int { (daysSince1970 + 4).flooredDivision(by: 7).remainder }

  /// The day `days` later, which may lie outside the years that are read.
  public func advanced(byDays days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }

  /// Orders by time.
  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSince1970 < b.daysSince1970 }

  /// "2026-06-18".
  public var description: String { "\(pad(year, 4))-\(pad(month))-\(pad(day))" }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    default: 31
    }
  }
}
