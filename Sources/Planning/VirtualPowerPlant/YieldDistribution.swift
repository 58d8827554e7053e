import Quantities

/// How much energy a portfolio frees in a slot, with what probability.
public protocol YieldDistribution: Sendable {
  /// The expectation in Wh.
  var mean: Double { get }
  /// The standard deviation in Wh.
  var deviation: Double { get }
  /// The most that it can be.
  var most: Energy { get }
  /// The probability of at least `energy`.
  func reaching(_ energy: Energy) -> Double
  /// What is expected to be missing where `energy` was promised, in Wh.
  func shortage(below energy: Energy) -> Double
}

extension YieldDistribution {
  /// The most that is reached with a probability of at least `confidence`.
  public func quantity(at confidence: Ratio) -> Energy {
    let wanted = Double(confidence.numerator) / Double(confidence.denominator)
    var (low, high) = (0, most.units + 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if reaching(Energy(units: middle)) >= wanted - 1e-12 { low = middle } else { high = middle }
    }
    return Energy(units: low)
  }
}
