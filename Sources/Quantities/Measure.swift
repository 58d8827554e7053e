/// What a ``Measure`` counts: a unit, how finely, and how far.
public protocol MeasureUnit: Sendable {
  /// The unit that people read, "degC".
  static var name: String { get }
  /// How many decimals of that unit are counted: 3 for thousandths.
  static var decimals: Int { get }
  /// The counts that may be.
  static var range: ClosedRange<Int> { get }
}

/// A bounded exact amount: an integer count of a power of ten of one unit.
public struct Measure<Unit: MeasureUnit>: Quantity, CustomStringConvertible {
  /// The count.
  public let units: Int

  /// `units` of 10^−``MeasureUnit/decimals`` each. Amounts from outside are held to ``MeasureUnit/range`` where they are read.
  public init(units: Int) { self.units = units }

  /// The amount with its unit, "21.5 degC".
  public var description: String { Decimals.format(units, decimals: Unit.decimals) + " " + Unit.name }
}

/// Temperature in thousandths of a degree Celsius.
public enum MilliCelsius: MeasureUnit {
  /// "degC".
  public static let name = "degC"
  /// 3.
  public static let decimals = 3
  /// −100 … 200 °C.
  public static let range = -100_000...200_000
}

/// A part of a whole in thousandths, told in percent.
public enum PerMille: MeasureUnit {
  /// "percent".
  public static let name = "percent"
  /// 1.
  public static let decimals = 1
  /// 0 … 100 %.
  public static let range = 0...1000
}

/// The loading of equipment in thousandths of what it is rated for, told in percent.
public enum Loading: MeasureUnit {
  /// "percent".
  public static let name = "percent"
  /// 1.
  public static let decimals = 1
  /// 0 … 1000 %.
  public static let range = 0...10_000
}

/// Voltage in millivolts.
public enum Millivolt: MeasureUnit {
  /// "V".
  public static let name = "V"
  /// 3.
  public static let decimals = 3
  /// 0 … 1 MV.
  public static let range = 0...1_000_000_000
}

/// Reactive energy in volt-ampere-hours reactive, either way.
public enum VarHour: MeasureUnit {
  /// "kvarh".
  public static let name = "kvarh"
  /// 3.
  public static let decimals = 3
  /// ±100 Mvarh.
  public static let range = -100_000_000...100_000_000
}

/// Geographical longitude or latitude in millionths of a degree.
public enum Microdegree: MeasureUnit {
  /// "deg".
  public static let name = "deg"
  /// 6.
  public static let decimals = 6
  /// ±180°.
  public static let range = -180_000_000...180_000_000
}

/// Thermal sensation in thousandths of the seven-point scale of ISO 7730: −3 is cold, 3 is hot.
public enum ThermalSensation: MeasureUnit {
  /// "sensation".
  public static let name = "sensation"
  /// 3.
  public static let decimals = 3
  /// −3 … 3.
  public static let range = -3000...3000
}

/// An amount of a LEM's currency in millionths.
public enum MicroCurrency: MeasureUnit {
  /// "currency".
  public static let name = "currency"
  /// 6.
  public static let decimals = 6
  /// ±1 000 000 000.
  public static let range = -1_000_000_000_000_000...1_000_000_000_000_000
}

/// A number without a unit in thousandths.
public enum Thousandth: MeasureUnit {
  /// "1".
  public static let name = "1"
  /// 3.
  public static let decimals = 3
  /// ±1 000 000 000.
  public static let range = -1_000_000_000_000...1_000_000_000_000
}
