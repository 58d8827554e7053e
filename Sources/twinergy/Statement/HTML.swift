/// Writing a page: text is escaped, numbers are set as people read them.
enum HTML {
  /// `text` as it may stand in an element or an attribute.
  static func escape(_ text: some StringProtocol) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// `value` × 10^−`decimals`, rounded to `shown` decimals, halves away from zero, with a true minus sign.
  static func number(_ value: Int, decimals: Int, shown: Int) -> String {
    var unit: UInt = 1
    for _ in shown..<decimals { unit *= 10 }
    let rounded = value.magnitude / unit + (value.magnitude % unit >= (unit + 1) / 2 && unit > 1 ? 1 : 0)
    var digits = String(rounded)
    digits = String(repeating: "0", count: max(0, shown + 1 - digits.count)) + digits
    let point = digits.index(digits.endIndex, offsetBy: -shown)
    let sign = value < 0 && rounded > 0 ? "\u{2212}" : ""
    return sign + digits[..<point] + (shown == 0 ? "" : "." + digits[point...])
  }

  /// Wh as kWh.
  static func energy(_ wattHours: Int, shown: Int = 3) -> String { number(wattHours, decimals: 3, shown: shown) }

  /// n-units as units of the currency.
  static func money(_ nanos: Int, shown: Int = 2) -> String { number(nanos, decimals: 9, shown: shown) }
}
