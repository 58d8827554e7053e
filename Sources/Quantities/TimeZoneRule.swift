import Encoding

/// A time zone as a POSIX rule, "CET-1CEST,M3.5.0,M10.5.0/3".
///
/// A rule rather than a name of the tz database: every validator computes the same market day whatever version of that
/// database its machine has. Source: POSIX.1-2017 §8.3 (`TZ`) with RFC 8536 §3.3.1's hours −167 … 167; of the three date
/// forms the month form `Mm.w.d` is read, which all present rules use. Offsets are whole quarter-hours, as slots are.
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
      let first = CivilDate(year: year, month: month, day: 1)!
      let offset = (weekday - first.weekday).flooredDivision(by: 7).remainder
      var day = 1 + offset + (week - 1) * 7
      while day > CivilDate.length(ofMonth: month, year: year) { day -= 7 }
      return (first.daysSince1970 + day - 1) * Instant.day + second * 1000
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
    let days = (instant.milliseconds + standardOffset).flooredDivision(by: Instant.day).quotient
    let year = CivilDate(daysSince1970: days).year
    let begin = daylight.begin.localMilliseconds(year: year) - standardOffset
    let end = daylight.end.localMilliseconds(year: year) - daylight.offset
    let now = instant.milliseconds
    let summer = begin < end ? (begin..<end).contains(now) : !(end..<begin).contains(now)
    return summer ? daylight.offset : standardOffset
  }

  /// When `date` begins: the first instant whose local time is midnight, or that midnight was skipped to.
  public func midnight(of date: CivilDate) -> Instant {
    let local = date.daysSince1970 * Instant.day
    let candidates = Set([standardOffset, daylight?.offset ?? standardOffset]).map { Instant(milliseconds: local - $0) }
    let exact = candidates.filter { $0.milliseconds + offset(at: $0) == local }
    return exact.min() ?? candidates.min()!
  }
}
