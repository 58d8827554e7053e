import Encoding

/// Decimal text of integers that count a power of ten of their unit.
public enum Decimals {
  /// `value` × 10^−`decimals` with all its digits, no trailing zeros beyond `least` decimals.
  public static func format(_ value: Int, decimals: Int, least: Int = 0) -> String {
    var digits = Array(String(value.magnitude).utf8)
    if digits.count <= decimals {
      digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: decimals + 1 - digits.count), at: 0)
    }
    let split = digits.count - decimals
    var fraction = digits[split...]
    while fraction.count > least, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    let whole = String(decoding: digits[..<split], as: UTF8.self)
    let sign = value < 0 ? "-" : ""
    return fraction.isEmpty ? sign + whole : sign + whole + "." + String(decoding: fraction, as: UTF8.self)
  }

  /// The integer that `text` writes with at most `decimals` decimals; nil for anything else or on overflow.
  public static func parse(_ text: some StringProtocol, decimals: Int) -> Int? {
    var magnitude: UInt = 0
    var fraction: Int?
    var digits = 0
    let negative = text.utf8.first == UInt8(ascii: "-")
    for unit in negative ? text.utf8.dropFirst() : text.utf8[...] {
      if unit == UInt8(ascii: ".") {
        guard fraction == nil, digits > 0 else { return nil }
        fraction = 0
        continue
      }
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = unit else { return nil }
      if let places = fraction { fraction = places + 1 }
      guard let next = append(unit - UInt8(ascii: "0"), to: magnitude) else { return nil }
      magnitude = next
      digits += 1
    }
    let places = fraction ?? 0
    guard digits > 0, fraction != 0, places <= decimals else { return nil }
    for _ in places..<decimals {
      guard let next = append(0, to: magnitude) else { return nil }
      magnitude = next
    }
    guard let value = Int(exactly: magnitude) else { return nil }
    return negative ? -value : value
  }

  private static func append(_ digit: UInt8, to magnitude: UInt) -> UInt? {
    let (tens, high) = magnitude.multipliedReportingOverflow(by: 10)
    let (sum, carry) = tens.addingReportingOverflow(UInt(digit))
    return high || carry ? nil : sum
  }

  /// Reads a number, one space and one of `units`, each with its power of ten; bytes are compared, since canonically
  /// equivalent characters are equal as strings.
  static func parse(_ text: String, units: [(name: String, exponent: Int)], kind: String) throws(QuantityError) -> Int {
    for unit in units {
      let number = text.utf8.dropLast(unit.name.utf8.count + 1)
      guard text.utf8[number.endIndex...].elementsEqual((" " + unit.name).utf8) else { continue }
      if let value = parse(Substring(number), decimals: unit.exponent) { return value }
    }
    throw .syntax("\(quoted(text)) is not \(kind), such as \"1.5 \(units[0].name)\"")
  }
}
