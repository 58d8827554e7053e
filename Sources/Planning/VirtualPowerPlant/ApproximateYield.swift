import Quantities

/// A large portfolio's yield: normal with skewness for each value of the common factor (the expansion of Cornish, Fisher
/// and Edgeworth to its first term).
struct ApproximateYield: YieldDistribution {
  private static let factorValues = 481

  /// What is known of the yield at one value of the factor.
  private struct Part {
    let weight: Double
    var mean = 0.0
    var variance = 0.0
    /// The third central moment.
    var third = 0.0
  }

  private let factor: CommonFactor
  private var parts: [Part]
  private(set) var most = Energy.zero

  /// The yield of no load.
  init(correlation: Double) {
    factor = CommonFactor(correlation: correlation, count: Self.factorValues)
    parts = factor.nodes.map { Part(weight: $0.weight) }
  }

  init(_ contracts: [CurtailmentContract], correlation: Double) {
    self.init(correlation: correlation)
    for contract in contracts { add(contract) }
  }

  /// Adds a load.
  mutating func add(_ contract: CurtailmentContract) { add(contract, sign: 1) }

  /// Takes away a load that was added.
  mutating func remove(_ contract: CurtailmentContract) { add(contract, sign: -1) }

  private mutating func add(_ contract: CurtailmentContract, sign: Double) {
    most = Energy(units: most.units + Int(sign) * contract.most.units)
    let load = ConditionalLoad(contract, factor)
    for (number, node) in factor.nodes.enumerated() {
      let moments = load.amount(at: node).moments(within: 0...Double(contract.most.units))
      let probability = load.probability(at: node)
      let (first, second, third) = (
        probability * moments.first, probability * moments.second, probability * moments.third
      )
      parts[number].mean += sign * first
      parts[number].variance += sign * (second - first * first)
      parts[number].third += sign * (third - 3 * first * second + 2 * first * first * first)
    }
  }

  var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  var deviation: Double {
    let mean = mean
    return parts.reduce(0) { $0 + $1.weight * ($1.variance + ($1.mean - mean) * ($1.mean - mean)) }.squareRoot()
  }

  func reaching(_ energy: Energy) -> Double {
    guard energy > .zero else { return 1 }
    return parts.reduce(0) { $0 + $1.weight * Self.reaching(Double(energy.units), $1) }
  }

  func shortage(below energy: Energy) -> Double {
    parts.reduce(0) { $0 + $1.weight * Self.shortage(below: Double(energy.units), $1) }
  }

  private static func reaching(_ energy: Double, _ part: Part) -> Double {
    guard part.variance > 1e-9 else { return part.mean >= energy - 1e-9 ? 1 : 0 }
    let deviation = part.variance.squareRoot()
    let z = (energy - part.mean) / deviation
    let skewness = part.third / (part.variance * deviation)
    return min(1, max(0, Normal.cumulative(-z) + Normal.density(z) * skewness / 6 * (z * z - 1)))
  }

  private static func shortage(below energy: Double, _ part: Part) -> Double {
    guard part.variance > 1e-9 else { return max(0, energy - part.mean) }
    let deviation = part.variance.squareRoot()
    let z = (energy - part.mean) / deviation
    let skewness = part.third / (part.variance * deviation)
    return max(0, deviation * (z * Normal.cumulative(z) + Normal.density(z) * (1 + skewness / 6 * z)))
  }
}
