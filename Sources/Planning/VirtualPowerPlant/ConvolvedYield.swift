import Quantities

/// A small portfolio's yield, load by load convolved on a grid.
///
/// A load's distribution is moved to the grid so that its expectation stays what it is.
struct ConvolvedYield: YieldDistribution {
  /// The most loads for which this is done.
  static let mostContracts = 16
  /// Steps of the grid, shared among the loads.
  private static let steps = 2_048
  /// The most values of the common factor.
  private static let mostValues = 481

  let mean: Double
  let deviation: Double
  let most: Energy
  /// Wh of a step.
  private let step: Double
  /// The probability of at least each number of steps.
  private let tail: [Double]
  /// The expectation of what exceeds each number of steps.
  private let excess: [Double]

  init(_ contracts: [CurtailmentContract], correlation: Double) {
    let most = contracts.reduce(0) { $0 + $1.most.units }
    self.most = Energy(units: most)
    let step = max(1, (Double(most) * Double(max(contracts.count, 1)) / Double(Self.steps)).rounded(.up))
    self.step = step
    let factor = CommonFactor(
      correlation: correlation, count: Self.values(loads: contracts.count, correlation: correlation))
    let loads = contracts.map { ConditionalLoad($0, factor) }
    var masses = Array(repeating: 0.0, count: contracts.reduce(1) { $0 + Self.length($1, step) - 1 })
    for node in factor.nodes {
      var sum = [node.weight]
      for (contract, load) in zip(contracts, loads) {
        sum = Self.convolve(sum, Self.masses(contract, load, node, step))
      }
      for (position, mass) in sum.enumerated() { masses[position] += mass }
    }
    let first = masses.enumerated().reduce(0) { $0 + $1.element * Double($1.offset) * step }
    mean = first
    deviation = masses.enumerated().reduce(0) { sum, entry in
      let distance = Double(entry.offset) * step - first
      return sum + entry.element * distance * distance
    }.squareRoot()
    var (tail, excess) = (masses, masses)
    var (above, beyond) = (0.0, 0.0)
    for position in masses.indices.reversed() {
      beyond += above * step
      above += masses[position]
      tail[position] = above
      excess[position] = beyond
    }
    self.tail = tail
    self.excess = excess
  }

  /// So many values of the factor that what moves between two of them is less than what moves by itself.
  private static func values(loads: Int, correlation: Double) -> Int {
    let needed = 24 * (correlation * Double(loads) / (1 - correlation)).squareRoot()
    return Int(min(max(needed, 31), Double(mostValues)))
  }

  func reaching(_ energy: Energy) -> Double {
    let position = Int((Double(energy.units) / step).rounded(.up))
    return position < tail.count ? tail[position] : 0
  }

  func shortage(below energy: Energy) -> Double {
    // E[(q − Y)⁺] = q − E[Y] + E[(Y − q)⁺], and the last is a straight line between the points of the grid.
    let place = Double(energy.units) / step
    let position = Int(place)
    guard position < excess.count else { return Double(energy.units) - mean }
    let next = position + 1 < excess.count ? excess[position + 1] : 0
    let beyond = excess[position] + (next - excess[position]) * (place - Double(position))
    return max(0, Double(energy.units) - mean + beyond)
  }

  private static func length(_ contract: CurtailmentContract, _ step: Double) -> Int {
    Int((Double(contract.most.units) / step).rounded(.up)) + 1
  }

  private static func masses(
    _ contract: CurtailmentContract, _ load: ConditionalLoad, _ node: CommonFactor.Node, _ step: Double
  ) -> [Double] {
    let amount = load.amount(at: node)
    let probability = load.probability(at: node)
    let most = Double(contract.most.units)
    let atMost = amount.excess(over: most)
    let count = length(contract, step)
    let excesses = (0..<count).map { max(0, amount.excess(over: min(Double($0) * step, most)) - atMost) }
    // A load cannot yield less than nothing: what would be negative counts as none.
    return (0..<count).map { position in
      let next = position + 1 < count ? excesses[position + 1] : 0
      let after = (excesses[position] - next) / step
      let before = position == 0 ? 1 : (excesses[position - 1] - excesses[position]) / step
      return probability * (before - after) + (position == 0 ? 1 - probability : 0)
    }
  }

  private static func convolve(_ a: [Double], _ b: [Double]) -> [Double] {
    var sum = Array(repeating: 0.0, count: a.count + b.count - 1)
    for (i, first) in a.enumerated() where first > 1e-18 {
      for (j, second) in b.enumerated() { sum[i + j] += first * second }
    }
    return sum
  }
}
