import Foundation
import Quantities

/// The storage of a LEM, taken as one.
public struct Storage: Hashable, Sendable {
  /// The most that it holds, in Wh.
  public let capacity: Double
  /// The most that it takes or gives in one slot, in Wh measured at the LEM.
  public let power: Double
  /// The part that remains of what is charged; the same part remains of what is discharged.
  public let oneWayEfficiency: Double
  /// What it holds before the first slot, in Wh.
  public let charge: Double

  /// A storage of `capacity` that holds `charge` and takes or gives at most `power`.
  ///
  /// - Parameters:
  ///   - efficiency: what remains of energy that is charged and discharged again.
  /// - Throws: `planning_invalid` unless 0 ≤ charge ≤ capacity ≤ 1 GWh, power is not negative and efficiency not zero.
  public init(capacity: Energy, power: Power, efficiency: Ratio, charge: Energy) throws(PlanningError) {
    guard (0...1_000_000_000).contains(capacity.units), (0...capacity.units).contains(charge.units), power >= .zero,
      efficiency.numerator > 0
    else {
      throw .input(
        "a storage of \(capacity) with \(charge) in it, \(power) and an efficiency of \(efficiency) cannot be")
    }
    self.capacity = Double(capacity.units)
    self.charge = Double(charge.units)
    // A slot is a quarter of an hour.
    self.power = Double(power.units) / 4
    oneWayEfficiency = (Double(efficiency.numerator) / Double(efficiency.denominator)).squareRoot()
  }
}
