import Encoding
import Quantities

/// What equipment of the grid has limits of.
public enum GridQuantity: String, Choice {
  /// In V.
  case voltage
  /// In A.
  case current
  /// In kW.
  case power
  /// In percent of what is rated.
  case loading

  /// The unit of its values.
  public var unit: String {
    switch self {
    case .voltage: "V"
    case .current: "A"
    case .power: "kW"
    case .loading: "percent"
    }
  }
}

/// Which side a limit is on.
public enum Bound: String, Choice {
  /// Not more.
  case maximum
  /// Not less.
  case minimum

  /// Whether `value` is on the wrong side of `limit`.
  public func isBroken(by value: Measure<Thousandth>, limit: Measure<Thousandth>) -> Bool {
    self == .maximum ? value > limit : value < limit
  }

  /// Refuses a violation that is none.
  public func requireBroken(by value: Measure<Thousandth>, limit: Measure<Thousandth>) throws(Rejection) {
    guard isBroken(by: value, limit: limit) else {
      throw Rejection(.invalid, "violation_none", "\(value) keeps the \(rawValue) of \(limit)")
    }
  }
}
