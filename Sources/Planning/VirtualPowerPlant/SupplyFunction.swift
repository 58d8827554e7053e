import Foundation
import Quantities

/// What a plant offers at each wholesale price: never less at a higher one.
///
/// The contracts stand in the order of expected compensation for an expected kWh. Each beginning of that order can
/// promise some energy q at the confidence, at a cost of expected compensation and expected penalty; at a price w the one
/// with the largest w·q − cost is offered. Markets that trade whole blocks get whole blocks: what a block does not need
/// is left out again, the largest contract first.
public struct SupplyFunction: Hashable, Sendable {
  /// A step of the offer curve.
  public struct Step: Hashable, Sendable {
    /// The lowest price at which this is offered.
    public let price: Price
    /// What is offered a slot.
    public let energy: Energy
    /// The positions of the contracts that carry it.
    public let contracts: [Int]
    /// Expected compensation and penalty, in n-units a slot.
    public let expectedCost: Double

    /// ``expectedCost`` in whole n-units, or the largest amount there is.
    public var roundedCost: Int { Int(clamping: Int128(expectedCost.rounded())) }
  }

  /// The steps by rising price and energy.
  public let steps: [Step]

  /// The curve of a portfolio.
  ///
  /// - Parameters:
  ///   - penalty: what a missing kWh costs.
  ///   - block: what the market trades multiples of.
  /// - Throws: `planning_invalid` where the block is nothing or the penalty negative.
  public init(
    _ portfolio: Portfolio, at confidence: Ratio, penalty: Price = .zero, block: Energy = Energy(units: 1)
  ) throws(PlanningError) {
    guard block > .zero, penalty >= .zero else {
      throw .input("a block of \(block) or a penalty of \(penalty) cannot be")
    }
    let order = portfolio.contracts.indices.filter { Portfolio.expectedYield(of: portfolio.contracts[$0]) > 0 }
      .sorted { Self.unitCost(portfolio.contracts[$0]) < Self.unitCost(portfolio.contracts[$1]) }
    var candidates = [Candidate(energy: 0, cost: 0, contracts: [])]
    var growing = ApproximateYield(correlation: portfolio.correlation)
    let isSmall = portfolio.contracts.count <= ConvolvedYield.mostContracts
    for count in order.indices {
      growing.add(portfolio.contracts[order[count]])
      var chosen = Array(order[...count])
      var yield: any YieldDistribution =
        isSmall ? portfolio.yield(of: chosen.map { portfolio.contracts[$0] }) : growing
      let promised = yield.quantity(at: confidence).units
      let energy = promised / block.units * block.units
      guard energy > candidates.last!.energy else { continue }
      if promised > energy {
        let less = Self.repaired(chosen, growing, portfolio, energy, spare: promised - energy, confidence)
        let rest = isSmall ? portfolio.yield(of: less.chosen.map { portfolio.contracts[$0] }) : less.yield
        if rest.quantity(at: confidence).units >= energy { (chosen, yield) = (less.chosen, rest) }
      }
      let cost =
        portfolio.expectedCompensation(of: chosen.map { portfolio.contracts[$0] }) + Double(penalty.units)
        * yield.shortage(below: Energy(units: energy))
      candidates.append(Candidate(energy: energy, cost: cost, contracts: chosen.sorted()))
    }
    steps = Self.envelope(candidates)
  }

  /// What is offered at `price`; nothing below the first step.
  public func offer(at price: Price) -> Energy { steps.last { $0.price <= price }?.energy ?? .zero }

  private struct Candidate {
    let energy: Int
    let cost: Double
    let contracts: [Int]
  }

  private static func unitCost(_ contract: CurtailmentContract) -> Double {
    Portfolio.expectedCompensation(of: contract) / Portfolio.expectedYield(of: contract)
  }

  /// Leaves out what `energy` does not need, the largest that `spare` has room for first.
  private static func repaired(
    _ chosen: [Int], _ yield: ApproximateYield, _ portfolio: Portfolio, _ energy: Int, spare: Int, _ confidence: Ratio
  ) -> (chosen: [Int], yield: ApproximateYield) {
    let sizes = chosen.map { ($0, Portfolio.expectedYield(of: portfolio.contracts[$0])) }
    let wanted = Double(confidence.numerator) / Double(confidence.denominator)
    var (kept, left) = (Set(chosen), yield)
    for (position, size) in sizes.sorted(by: { $0.1 > $1.1 }) where size <= Double(2 * spare) {
      var less = left
      less.remove(portfolio.contracts[position])
      guard less.reaching(Energy(units: energy)) >= wanted else { continue }
      kept.remove(position)
      left = less
    }
    return (chosen.filter { kept.contains($0) }, left)
  }

  /// The candidates that are best at some price: the lower hull of cost over energy.
  private static func envelope(_ candidates: [Candidate]) -> [Step] {
    var hull: [Candidate] = []
    func slope(_ a: Candidate, _ b: Candidate) -> Double { (b.cost - a.cost) / Double(b.energy - a.energy) }
    for candidate in candidates {
      while let last = hull.last, candidate.energy > 0, candidate.cost <= last.cost, hull.count > 1 {
        hull.removeLast()
      }
      while hull.count > 1, slope(hull[hull.count - 2], hull[hull.count - 1]) >= slope(hull[hull.count - 1], candidate)
      {
        hull.removeLast()
      }
      hull.append(candidate)
    }
    var steps: [Step] = []
    for (before, after) in zip(hull, hull.dropFirst()) {
      let price = max(0, slope(before, after).rounded(.up))
      // A price beyond all that is accepted is no offer.
      guard price <= Double(Price.maximum.units) else { break }
      if steps.last?.price.units == Int(price) { steps.removeLast() }
      steps.append(
        Step(
          price: Price(units: Int(price)), energy: Energy(units: after.energy), contracts: after.contracts,
          expectedCost: after.cost))
    }
    return steps
  }
}
