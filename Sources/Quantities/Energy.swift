/// An amount of electrical energy in whole watt-hours.
public struct Energy: Quantity, CustomStringConvertible {
  /// The most that one party may order or meter in one slot: 100 MWh, an average of 400 MW.
  public static let maximumPerSlot = Energy(wattHours: 100_000_000)

  /// Watt-hours.
  public let units: Int

  /// `units` watt-hours.
  public init(units: Int) { self.units = units }

  /// `wattHours` Wh.
  public init(wattHours: Int) { units = wattHours }

  /// Watt-hours.
  public var wattHours: Int { units }

  /// Reads "1.234 kWh", "750 Wh" or "2 MWh".
  public init(_ text: String) throws(QuantityError) {
    units = try Decimals.parse(text, units: [("MWh", 6), ("kWh", 3), ("Wh", 0)], kind: "an amount of energy")
  }

  /// Kilowatt-hours with all their digits, "1.234 kWh".
  public var description: String { Decimals.format(units, decimals: 3) + " kWh" }
}
