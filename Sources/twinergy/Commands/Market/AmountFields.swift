import Encoding
import Quantities

extension JSONWriter {
  /// Writes a member that is an integer, or a decimal string where a reader of 2^53 could not hold it.
  mutating func amount(_ name: String, _ value: Int) {
    if value.magnitude <= JSONValue.largestInteger.magnitude { field(name, value) } else { field(name, String(value)) }
  }

  /// Writes a member that is an amount, or `null`.
  mutating func amount(_ name: String, _ value: (some Quantity)?) {
    if let value { amount(name, value.units) } else { field(name) { $0.null() } }
  }

  /// Writes a member that is `[lowest, highest]`, or `null`.
  mutating func range(_ name: String, _ value: ClosedRange<Price>?) {
    field(name) { output in
      guard let value else { return output.null() }
      output.array {
        $0.integer(value.lowerBound.units)
        $0.integer(value.upperBound.units)
      }
    }
  }

  /// Writes a member that is a decimal number.
  mutating func decimal(_ name: String, _ value: Double?, digits: Int) {
    guard let value else { return field(name) { $0.null() } }
    field(name) { $0.raw(Decimals.text(value, digits: digits).utf8) }
  }
}

extension Decimals {
  /// `value` with exactly `digits` decimals.
  static func text(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    return format(Int((value * scale).rounded()), decimals: digits, least: digits)
  }
}
