import Encoding

/// An exact fraction between zero and one, such as the k of a uniform price.
public struct Ratio: Hashable, Sendable, CustomStringConvertible {
  /// One half.
  public static let half = Ratio(unchecked: 1, 2)
  /// The largest denominator.
  public static let maximumDenominator = 1_000_000

  /// The upper number, 0 … `denominator`.
  public let numerator: Int
  /// The lower number, 1 … ``maximumDenominator``.
  public let denominator: Int

  /// `numerator` / `denominator`.
  public init(_ numerator: Int, _ denominator: Int) throws(QuantityError) {
    guard (1...Self.maximumDenominator).contains(denominator), (0...denominator).contains(numerator) else {
      throw .range("\(numerator)/\(denominator) is not a fraction between 0 and 1")
    }
    self.init(unchecked: numerator, denominator)
  }

  /// Reads "1/2", "0" or "1".
  public init(_ text: String) throws(QuantityError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Decimals.parse($0, decimals: 0) }
    switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
    case (1, let whole?, _): try self.init(whole, 1)
    case (2, let numerator?, let denominator?): try self.init(numerator, denominator)
    default: throw .syntax("\(quoted(text)) is not a fraction such as \"1/2\"")
    }
  }

  private init(unchecked numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// "1/2".
  public var description: String { "\(numerator)/\(denominator)" }

  /// ⌊this fraction of `value`⌋, for a value that is not negative.
  public func floor(of value: Int) -> Int {
    precondition(value >= 0, "a fraction of a negative value has no agreed rounding")
    let product = value.magnitude.multipliedFullWidth(by: numerator.magnitude)
    return Int(denominator.magnitude.dividingFullWidth(product).quotient)
  }
}
