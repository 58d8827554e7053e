import Encoding

/// A time zone as a POSIX rule, "CET-1CEST,M3.5.0,M10.5.0/3".
///
/// A rule rather than a name of the tz database: every validator computes the same market day whatever version of that
/// database its machine has. Source: POSIX.1-2017 §8.3 (`TZ`) with RFC 8536 §3.3.1's hours −167 … 167; of the three date
/// forms the month form `Mm.w.d` is read, which all present rules use. Offsets and the times of changes are whole
/// quarter-hours, as slots are, and a change is at most one hour, so that a day has 92 to 100 slots.
public struct TimeZoneRule: Hashable, Sendable, CustomStringConvertible {
  /// The rule's text.
  public let description: String
  let standardOffset: Int
  let daylight: Daylight?

  struct Daylight: Hashable, Sendable {
    var offset: Int
    var begin: Change
    var end: Change
  }

  /// The `week`-th `weekday` of `month` (5 means the last), `second` seconds after local midnight.
  struct Change: Hashable, Sendable {
    var month: Int
    var week: Int
    var weekday: Int
    var second: Int

    func localMilliseconds(year: Int) -> Int {
      let first = CivilDate(year: year, month: month, day: 1)!.daysSince1970
      let firstWeekday = (first + 4).flooredDivision(by: 7).remainder
      var day = (weekday - firstWeekday).flooredDivision(by: 7).remainder + (week - 1) * 7
      while day >= CivilDate.length(ofMonth: month, year: year) { day -= 7 }
      return (first + day) * Instant.day + second * 1000
    }
  }

  /// Coordinated Universal Time.
  public static let utc = TimeZoneRule(description: "UTC0", standardOffset: 0, daylight: nil)

  /// Reads a rule.
  public init(_ text: String) throws(QuantityError) {
    guard let rule = TimeZoneRuleParser.parse(text) else {
      throw .syntax("\(quoted(text)) is not a POSIX time zone rule such as \"CET-1CEST,M3.5.0,M10.5.0/3\"")
    }
    self = rule
  }

  init(description: String, standardOffset: Int, daylight: Daylight?) {
    self.description = description
    self.standardOffset = standardOffset
    self.daylight = daylight
  }

  /// Milliseconds to add to UTC for local time at `instant`.
  public func offset(at instant: Instant) -> Int {
    guard let daylight else { return standardOffset }
    return latestChange(daylight, at: instant).offset
  }

  /// When `date` begins: the first instant whose local time is midnight, or the change that skipped midnight.
  public func midnight(of date: CivilDate) -> Instant {
    let local = date.daysSince1970 * Instant.day
    guard let daylight else { return Instant(milliseconds: local - standardOffset) }
    let (early, late) = (
      Instant(milliseconds: local - max(standardOffset, daylight.offset)),
      Instant(milliseconds: local - min(standardOffset, daylight.offset))
    )
    for candidate in [early, late] where candidate.milliseconds + offset(at: candidate) == local { return candidate }
    return late.advanced(byMilliseconds: -latestChange(daylight, at: late).age)
  }

  /// The calendar repeats after 400 years: 146 097 days, which are whole weeks. So does every rule.
  private static let cycle = 146_097 * Instant.day

  /// The last change up to `instant`: milliseconds since then, and the offset since then.
  ///
  /// A change may be written as an hour of the year before or behind its own, hence the look at three years.
  private func latestChange(_ daylight: Daylight, at instant: Instant) -> (age: Int, offset: Int) {
    let now = instant.milliseconds.flooredDivision(by: Self.cycle).remainder
    let year = CivilDate(daysSince1970: now / Instant.day).year
    var latest = (age: Int.max, offset: standardOffset)
    for year in year - 1...year + 1 {
      let begin = now - (daylight.begin.localMilliseconds(year: year) - standardOffset)
      if (0..<latest.age).contains(begin) { latest = (begin, daylight.offset) }
      let end = now - (daylight.end.localMilliseconds(year: year) - daylight.offset)
      if (0..<latest.age).contains(end) { latest = (end, standardOffset) }
    }
    return latest
  }
}
