import Quantities

/// Times as people of a LEM read them.
struct LocalTime {
  let zone: TimeZoneRule

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  /// The local day of `instant`.
  func date(_ instant: Instant) -> CivilDate { CivilDate(daysSince1970: floored(local(instant), Self.day).quotient) }

  /// "14:45".
  func clock(_ instant: Instant) -> String {
    let minutes = floored(local(instant), Self.day).remainder / 60_000
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// The local hour, 0 … 23.
  func hour(_ instant: Instant) -> Int { floored(local(instant), Self.day).remainder / 3_600_000 }

  /// "Thursday, 18 June 2026".
  static func long(_ date: CivilDate) -> String {
    "\(weekdays[date.weekday]), \(short(date))"
  }

  /// "18 June 2026".
  static func short(_ date: CivilDate) -> String { "\(date.day) \(months[date.month - 1]) \(date.year)" }

  private static let day = 86_400_000

  private func local(_ instant: Instant) -> Int { instant.milliseconds + zone.offset(at: instant) }

  private func floored(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
