import Quantities

/// The confidence at which a plant earns most, where each missing kWh costs a penalty.
public enum BestConfidence {
  /// Where what was promised is paid: 1 − w/π. Nothing should be held back (0) where the penalty is below the price.
  public static func whereThePromiseIsPaid(price: Price, penalty: Price) -> Double {
    guard penalty > .zero else { return 0 }
    return max(0, 1 - Double(price.units) / Double(penalty.units))
  }

  /// Where what is delivered is paid: π/(w + π).
  public static func whereDeliveryIsPaid(price: Price, penalty: Price) -> Double {
    guard price.units + penalty.units > 0 else { return 0 }
    return Double(penalty.units) / Double(price.units + penalty.units)
  }
}
