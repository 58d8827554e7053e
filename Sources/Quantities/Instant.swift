import Encoding

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX).
public struct Instant: Quantity, CustomStringConvertible {
  /// Milliseconds of one day.
  static let day = 86_400_000
  /// The years that have a text: 0000 … 9999.
  static let years = 0...9999

  /// Milliseconds since 1970.
  public let units: Int

  /// `units` milliseconds since 1970.
  public init(units: Int) { self.units = units }

  /// `milliseconds` since 1970.
  public init(milliseconds: Int) { units = milliseconds }

  /// Milliseconds since 1970.
  public var milliseconds: Int { units }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int { units.flooredDivision(by: 1000).quotient }

  /// This instant and `milliseconds` more.
  public func advanced(byMilliseconds milliseconds: Int) -> Instant { Instant(milliseconds: units + milliseconds) }

  /// Reads an RFC 3339 time in UTC with milliseconds or whole seconds, "2026-06-18T10:00:00.000Z".
  public init(_ text: String) throws(QuantityError) {
    var bytes = Array(text.utf8)
    if bytes.count == 20, bytes.last == UInt8(ascii: "Z") { bytes.replaceSubrange(19..., with: ".000Z".utf8) }
    guard let shape = TextShape(bytes, "dddd-dd-ddTdd:dd:dd.dddZ"),
      let date = CivilDate(year: shape.number(0..<4), month: shape.number(5..<7), day: shape.number(8..<10)),
      shape.number(11..<13) < 24, shape.number(14..<16) < 60, shape.number(17..<19) < 60
    else { throw .syntax("\(quoted(text)) is not a time such as \"2026-06-18T10:00:00.000Z\"") }
    let seconds = shape.number(11..<13) * 3600 + shape.number(14..<16) * 60 + shape.number(17..<19)
    units = date.daysSince1970 * Self.day + seconds * 1000 + shape.number(20..<23)
  }

  /// RFC 3339 in UTC with milliseconds, "2026-06-18T10:00:00.000Z".
  public var description: String {
    let (days, rest) = units.flooredDivision(by: Self.day)
    let date = CivilDate(daysSince1970: days)
    let clock = "\(pad(rest / 3_600_000)):\(pad(rest / 60_000 % 60)):\(pad(rest / 1000 % 60)).\(pad(rest % 1000, 3))"
    return "\(date)T\(clock)Z"
  }
}

func pad(_ value: Int, _ width: Int = 2) -> String {
  let digits = String(value.magnitude)
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int {
  /// Quotient rounded down and the remainder that is not negative.
  func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
