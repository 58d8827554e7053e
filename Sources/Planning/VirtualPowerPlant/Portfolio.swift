import Quantities

/// The contracts of a virtual power plant and what moves them together.
public struct Portfolio: Hashable, Sendable {
  /// The most contracts of one plant.
  public static let maximumContracts = 10_000

  /// The contracts.
  public let contracts: [CurtailmentContract]
  /// ρ, the correlation of any two loads through the common factor.
  public let correlation: Double

  /// A portfolio.
  ///
  /// - Throws: `planning_invalid` unless 0 ≤ `correlation` < 1 and there are at most ``maximumContracts`` contracts,
  ///   each with a name of its own.
  public init(_ contracts: [CurtailmentContract], correlation: Double = 0) throws(PlanningError) {
    guard (0..<1).contains(correlation) else { throw .input("a correlation of \(correlation) is not within 0 ..< 1") }
    guard contracts.count <= Self.maximumContracts else {
      throw .input("\(contracts.count) contracts exceed \(Self.maximumContracts)")
    }
    guard Set(contracts.map(\.id)).count == contracts.count else { throw .input("two contracts have one name") }
    self.contracts = contracts
    self.correlation = correlation
  }

  /// What all contracts free in a slot of a call.
  public var yield: any YieldDistribution { yield(of: contracts) }

  /// What some of the contracts free: exactly on a grid where they are few, else by moments.
  func yield(of contracts: [CurtailmentContract]) -> any YieldDistribution {
    contracts.count <= ConvolvedYield.mostContracts
      ? ConvolvedYield(contracts, correlation: correlation) : ApproximateYield(contracts, correlation: correlation)
  }

  /// What calling some of the contracts for a slot is expected to cost, in n-units.
  func expectedCompensation(of contracts: [CurtailmentContract]) -> Double {
    contracts.reduce(0) { $0 + Self.expectedCompensation(of: $1) }
  }

  static func expectedCompensation(of contract: CurtailmentContract) -> Double {
    Double(contract.perCall.units) + Double(contract.perKilowattHour.units) * expectedYield(of: contract)
  }

  static func expectedYield(of contract: CurtailmentContract) -> Double {
    let amount = NormalAmount(mean: contract.yield.mean, deviation: contract.yield.deviation)
    return contract.yield.probability * amount.moments(within: 0...Double(contract.most.units)).first
  }
}
