import Quantities

/// What a plant is paid for an award, once it is known what was freed.
///
/// The award is paid at its price. A deviation within the market's tolerance settles at the real-time price; what is
/// missing beyond it costs the penalty, and what is delivered beyond it is not paid.
public struct AwardSettlement: Hashable, Sendable {
  /// For what was awarded.
  public let award: Money
  /// For the deviation within the tolerance: negative for a shortage.
  public let deviation: Money
  /// For what was missing beyond the tolerance, not positive.
  public let penalty: Money

  /// The sum.
  public var total: Money { Money(nanos: award.units + deviation.units + penalty.units) }

  /// Settles one slot.
  ///
  /// - Parameters:
  ///   - tolerance: the part of the award by which a plant may deviate either way, rounded down to whole Wh.
  /// - Throws: `planning_invalid` where an energy or a price is negative or out of bounds.
  public init(
    awarded: Energy, at price: Price, delivered: Energy, realTime: Price, tolerance: Ratio, penalty: Price
  ) throws(PlanningError) {
    let energies = 0...100 * Energy.maximumPerSlot.units
    guard energies.contains(awarded.units), energies.contains(delivered.units),
      [price, realTime, penalty].allSatisfy({ .zero <= $0 && $0 <= .maximum })
    else { throw .input("an award of \(awarded) of which \(delivered) was freed cannot be settled") }
    let allowed = tolerance.floor(of: awarded.units)
    let deviation = delivered.units - awarded.units
    award = Money(nanos: awarded.units * price.units)
    self.deviation = Money(nanos: min(max(deviation, -allowed), allowed) * realTime.units)
    self.penalty = Money(nanos: -max(0, -deviation - allowed) * penalty.units)
  }
}
