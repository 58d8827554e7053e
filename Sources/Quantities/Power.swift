/// Electrical power in whole watts.
public struct Power: Quantity, CustomStringConvertible {
  /// Watts.
  public let units: Int

  /// `units` watts.
  public init(units: Int) { self.units = units }

  /// `watts` W.
  public init(watts: Int) { units = watts }

  /// Watts.
  public var watts: Int { units }

  /// Reads "7.4 kW", "230 W" or "2 MW".
  public init(_ text: String) throws(QuantityError) {
    units = try Decimals.parse(text, units: [("MW", 6), ("kW", 3), ("W", 0)], kind: "a power")
  }

  /// Kilowatts with all their digits, "7.4 kW".
  public var description: String { Decimals.format(units, decimals: 3) + " kW" }
}
