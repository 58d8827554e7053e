import Foundation

/// What moves all loads together, the weather or the hour: one normal variable Z.
///
/// A load's propensity to be on, and its yield where it is, are each √ρ·Z + √(1 − ρ)·(its own part). Given Z the loads
/// are independent, so a portfolio is computed for each value of Z on a grid and the results are weighed.
struct CommonFactor {
  /// A value of Z and its probability.
  struct Node {
    let value: Double
    let weight: Double
  }

  let correlation: Double
  let nodes: [Node]

  /// A factor seen at `count` values within ±6, or at one where nothing is common.
  init(correlation: Double, count: Int) {
    self.correlation = correlation
    guard correlation > 0 else {
      nodes = [Node(value: 0, weight: 1)]
      return
    }
    let values = (0..<count).map { 12 * Double($0) / Double(count - 1) - 6 }
    let total = values.reduce(0) { $0 + Normal.density($1) }
    nodes = values.map { Node(value: $0, weight: Normal.density($0) / total) }
  }
}

/// One load as the common factor leaves it.
struct ConditionalLoad {
  private let contract: CurtailmentContract
  private let shared: Double
  private let own: Double
  /// Where the load's propensity turns from off to on; nil where it is always the one or the other.
  private let threshold: Double?

  init(_ contract: CurtailmentContract, _ factor: CommonFactor) {
    self.contract = contract
    shared = factor.correlation.squareRoot()
    own = (1 - factor.correlation).squareRoot()
    let probability = contract.yield.probability
    threshold = shared > 0 && probability > 0 && probability < 1 ? Normal.quantile(probability) : nil
  }

  /// The probability that the load is on, given Z.
  func probability(at node: CommonFactor.Node) -> Double {
    guard let threshold else { return contract.yield.probability }
    return Normal.cumulative((threshold + shared * node.value) / own)
  }

  /// What the load yields where it is on, given Z, before it is kept within its bounds.
  func amount(at node: CommonFactor.Node) -> NormalAmount {
    NormalAmount(
      mean: contract.yield.mean + contract.yield.deviation * shared * node.value,
      deviation: contract.yield.deviation * own)
  }
}
