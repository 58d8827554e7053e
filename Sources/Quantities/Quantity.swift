/// An exact amount of something: an integer count of one fixed unit.
///
/// Arithmetic never wraps and never rounds. Operators throw ``QuantityError/overflow(_:)``; values read from outside are
/// bounded when they enter, so code behind that border may rely on sums that its bounds prove. Amounts lie within
/// ±(2^63 − 1), so that each has its opposite: −2^63 counts as overflow.
public protocol Quantity: Hashable, Comparable, Sendable {
  /// The count of units.
  var units: Int { get }
  /// The amount of `units` units.
  init(units: Int)
}

extension Quantity {
  /// Nothing.
  public static var zero: Self { Self(units: 0) }

  /// Orders by amount.
  public static func < (a: Self, b: Self) -> Bool { a.units < b.units }

  /// The sum.
  public static func + (a: Self, b: Self) throws(QuantityError) -> Self {
    let (units, overflow) = a.units.addingReportingOverflow(b.units)
    guard !overflow, units != .min else { throw .overflow("the sum of \(a) and \(b) does not fit 64 bits") }
    return Self(units: units)
  }

  /// The difference.
  public static func - (a: Self, b: Self) throws(QuantityError) -> Self {
    let (units, overflow) = a.units.subtractingReportingOverflow(b.units)
    guard !overflow, units != .min else { throw .overflow("the difference of \(a) and \(b) does not fit 64 bits") }
    return Self(units: units)
  }

  /// The amount of the other sign.
  ///
  /// - Precondition: `units` is not `Int.min`, which no parser and no operator produces.
  public static prefix func - (a: Self) -> Self { Self(units: -a.units) }
}

extension Sequence where Element: Quantity {
  /// The sum of all.
  public func sum() throws(QuantityError) -> Element {
    var total = Element.zero
    for element in self { total = try total + element }
    return total
  }
}
