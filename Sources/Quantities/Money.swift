/// An amount of money in billionths of the LEM's currency (n-units).
public struct Money: Quantity, CustomStringConvertible {
  /// n-units.
  public let units: Int

  /// `units` n-units.
  public init(units: Int) { self.units = units }

  /// `nanos` n-units.
  public init(nanos: Int) { units = nanos }

  /// n-units.
  public var nanos: Int { units }

  /// Reads "12.50 EUR" in the currency `currency`.
  public init(_ text: String, in currency: Currency) throws(QuantityError) {
    units = try Decimals.parse(text, units: [("\(currency)", 9)], kind: "an amount of \(currency)")
  }

  /// All digits with the currency, "12.50 EUR".
  public func description(in currency: Currency) -> String { "\(self) \(currency)" }

  /// All digits, at least two of them decimals, "12.50".
  public var description: String { Decimals.format(units, decimals: 9, least: 2) }
}
