import Encoding
import Kernel
import Quantities

/// Levels of the consumers' signal.
public enum SignalUnit: MeasureUnit {
  /// "unitless".
  public static let name = "unitless"
  /// 0.
  public static let decimals = 0
  /// 1 avoid the grid, 2 as usual, 3 a large surplus.
  public static let range = 1...3
}

/// A level of the consumers' signal: 1 … 3.
public typealias SignalLevel = Measure<SignalUnit>

/// How a grid is.
public enum GridCondition: String, Choice {
  /// Within its limits.
  case normal
  /// Near its limits.
  case strained
  /// Beyond its limits.
  case violated
}

/// A conductor of the grid.
public enum Phase: String, Choice {
  /// The first.
  case L1
  /// The second.
  case L2
  /// The third.
  case L3
  /// All three.
  case all
}

/// What may be done for the grid.
public enum CountermeasureKind: String, Choice {
  /// Charge a battery.
  case charge
  /// Discharge a battery.
  case discharge
  /// Take less.
  case reduceLoad = "reduce-load"
  /// Take more.
  case increaseLoad = "increase-load"
  /// Produce less.
  case curtail
}
