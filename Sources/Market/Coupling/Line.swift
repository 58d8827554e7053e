import Quantities

/// A connection between two local energy markets.
public struct Line: Hashable, Sendable {
  /// The position of the market at one end.
  public let from: Int
  /// The position of the market at the other end.
  public let to: Int
  /// The most that may be sent in one slot, in either direction.
  public let capacity: Energy
  /// The part of what is sent that does not arrive.
  public let loss: Ratio
  /// What every Wh sent costs, on top of what it costs where it comes from.
  public let fee: Price

  /// A line between the markets at two positions.
  public init(from: Int, to: Int, capacity: Energy, loss: Ratio, fee: Price) {
    self.from = from
    self.to = to
    self.capacity = capacity
    self.loss = loss
    self.fee = fee
  }

  /// What of `sent` Wh is lost: rounded up, against the side that imports.
  func lost(of sent: Int) -> Int {
    let (high, low) = sent.magnitude.multipliedFullWidth(by: loss.numerator.magnitude)
    let (quotient, remainder) = loss.denominator.magnitude.dividingFullWidth((high, low))
    return Int(quotient) + (remainder > 0 ? 1 : 0)
  }

  /// What a Wh lost per Wh sent costs at a price: ⌈loss · price⌉ in µ-units/kWh.
  func lossCost(at price: Int) -> Int { lost(of: price) }
}
