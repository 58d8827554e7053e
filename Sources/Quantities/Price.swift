/// A price of energy in millionths of the LEM's currency per kilowatt-hour (µ-units/kWh).
public struct Price: Quantity, CustomStringConvertible {
  /// The highest price or tariff that is accepted: 100 currency units a kilowatt-hour.
  public static let maximum = Price(microsPerKilowattHour: 100_000_000)

  /// µ-units per kWh.
  public let units: Int

  /// `units` µ-units per kWh.
  public init(units: Int) { self.units = units }

  /// `microsPerKilowattHour` µ-units per kWh.
  public init(microsPerKilowattHour: Int) { units = microsPerKilowattHour }

  /// µ-units per kWh.
  public var microsPerKilowattHour: Int { units }

  /// Reads "0.2185 EUR/kWh" in the currency `currency`.
  public init(_ text: String, in currency: Currency) throws(QuantityError) {
    units = try Decimals.parse(text, units: [("\(currency)/kWh", 6)], kind: "a price in \(currency)")
  }

  /// All digits with the unit, "0.2185 EUR/kWh".
  public func description(in currency: Currency) -> String {
    Decimals.format(units, decimals: 6, least: 2) + " \(currency)/kWh"
  }

  /// All digits without a currency, "0.2185/kWh".
  public var description: String { Decimals.format(units, decimals: 6, least: 2) + "/kWh" }

  /// What `energy` costs at this price, exactly: 1 Wh × 1 µ-unit/kWh = 1 n-unit.
  public static func * (price: Price, energy: Energy) throws(QuantityError) -> Money {
    let (units, overflow) = price.units.multipliedReportingOverflow(by: energy.units)
    guard !overflow, units != .min else { throw .overflow("\(energy) at \(price) does not fit 64 bits") }
    return Money(units: units)
  }
}
