import Quantities

/// What is believed of a load's yield, and how each measured call changes it.
///
/// Whether the load is on has a beta distribution, its yield where it is on a normal one with mean and variance unknown
/// (normal-inverse-gamma): both are conjugate, so each call updates a few numbers.
public struct YieldBelief: Hashable, Sendable {
  private var on: Double
  private var off: Double
  private var mean: Double
  /// How many calls the mean rests on.
  private var weight: Double
  private var shape: Double
  private var scale: Double

  /// A belief that starts as the contract says, which counts as much as `calls` measured ones.
  ///
  /// - Throws: `planning_invalid` unless `calls` is at least 1.
  public init(_ yield: CurtailmentContract.Yield, worth calls: Double = 4) throws(PlanningError) {
    guard calls >= 1, calls.isFinite else { throw .input("a belief worth \(calls) calls cannot be") }
    on = yield.probability * calls
    off = (1 - yield.probability) * calls
    mean = yield.mean
    weight = calls
    shape = 1 + calls / 2
    scale = yield.deviation * yield.deviation * (shape - 1)
  }

  /// What a call is expected to yield now.
  public var yield: CurtailmentContract.Yield {
    get throws(PlanningError) {
      try CurtailmentContract.Yield(
        probability: on / (on + off), mean: max(0, mean), deviation: (scale / (shape - 1)).squareRoot())
    }
  }

  /// Takes in a call that found the load off.
  public mutating func observeOff() { off += 1 }

  /// Takes in a call that freed `energy`.
  public mutating func observe(_ energy: Energy) {
    let value = Double(energy.units)
    let distance = value - mean
    on += 1
    scale += weight * distance * distance / (2 * (weight + 1))
    shape += 0.5
    mean += distance / (weight + 1)
    weight += 1
  }
}
