/// Reads the text of a ``TimeZoneRule``, one part after the other.
struct TimeZoneRuleParser {
  private var rest: Substring.UTF8View

  static func parse(_ text: String) -> TimeZoneRule? {
    guard text.utf8.count <= 64 else { return nil }
    var parser = Self(rest: text[...].utf8)
    guard parser.name(), let west = parser.time(hours: 24), let standard = slotOffset(west) else { return nil }
    guard !parser.rest.isEmpty else {
      return TimeZoneRule(description: text, standardOffset: standard, daylight: nil)
    }
    guard let daylight = parser.daylight(standard: standard), parser.rest.isEmpty else { return nil }
    return TimeZoneRule(description: text, standardOffset: standard, daylight: daylight)
  }

  /// POSIX counts offsets west of Greenwich; here they are milliseconds east, in whole slots.
  private static func slotOffset(_ secondsWest: Int) -> Int? {
    let milliseconds = -secondsWest * 1000
    return milliseconds.isMultiple(of: Slot.milliseconds) ? milliseconds : nil
  }

  private mutating func daylight(standard: Int) -> TimeZoneRule.Daylight? {
    guard name() else { return nil }
    var offset = standard + 3_600_000
    if rest.first != UInt8(ascii: ",") {
      guard let west = time(hours: 24), let given = Self.slotOffset(west) else { return nil }
      offset = given
    }
    guard abs(offset - standard) <= 3_600_000 else { return nil }
    guard take(","), let begin = change(), take(","), let end = change() else { return nil }
    return TimeZoneRule.Daylight(offset: offset, begin: begin, end: end)
  }

  private mutating func change() -> TimeZoneRule.Change? {
    guard take("M"), let month = number(1...12), take("."), let week = number(1...5), take("."),
      let weekday = number(0...6)
    else { return nil }
    guard take("/") else { return .init(month: month, week: week, weekday: weekday, second: 7200) }
    guard let second = time(hours: 167), (second * 1000).isMultiple(of: Slot.milliseconds) else { return nil }
    return .init(month: month, week: week, weekday: weekday, second: second)
  }

  /// Three or more letters, or letters, digits and signs between angle brackets.
  private mutating func name() -> Bool {
    if take("<") {
      let inner = rest.prefix { $0 != UInt8(ascii: ">") }
      rest = rest[inner.endIndex...]
      return inner.count >= 3 && inner.allSatisfy { Self.isLetter($0) || Self.isSignOrDigit($0) } && take(">")
    }
    let letters = rest.prefix(while: Self.isLetter)
    rest = rest[letters.endIndex...]
    return letters.count >= 3
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  private mutating func time(hours: Int) -> Int? {
    let negative = take("-")
    if !negative { _ = take("+") }
    guard var seconds = number(0...hours) else { return nil }
    seconds *= 3600
    for scale in [60, 1] where take(":") {
      guard let part = number(0...59) else { return nil }
      seconds += part * scale
    }
    return negative ? -seconds : seconds
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest[digits.endIndex...]
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return range.contains(value) ? value : nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func isLetter(_ unit: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(unit | 0x20)
  }

  private static func isSignOrDigit(_ unit: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(unit) || unit == UInt8(ascii: "+") || unit == UInt8(ascii: "-")
  }
}
