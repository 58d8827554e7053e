import Quantities

/// What a market has bought of a plant.
public struct Award: Hashable, Sendable {
  /// The longest award: a day of 25 hours.
  public static let maximumSlots = 100

  /// What is to be freed in each slot.
  public let energy: Energy
  /// For how many slots.
  public let slots: Int
  /// Slots from now to the first of them.
  public let lead: Int
  /// The highest class that may be called; lower classes are called only where this one does not suffice.
  public let priority: Int
  /// With what probability the energy must be reached in each slot.
  public let confidence: Ratio

  /// An award.
  ///
  /// - Throws: `planning_invalid` unless energy and priority are positive, lead is not negative and slots are 1 … 100.
  public init(energy: Energy, slots: Int, lead: Int, priority: Int, confidence: Ratio) throws(PlanningError) {
    guard energy > .zero, (1...Self.maximumSlots).contains(slots), lead >= 0, priority >= 1 else {
      throw .input("an award of \(energy) for \(slots) slots in class \(priority), \(lead) slots ahead, cannot be")
    }
    self.energy = energy
    self.slots = slots
    self.lead = lead
    self.priority = priority
    self.confidence = confidence
  }
}

/// Which contracts are called for an award, and when; no call breaks a contract.
///
/// Contracts of the award's class come first, then those of the classes that are curtailed before it; within a class the
/// least called comes first, then the earlier of the list. A contract is called at most once for an award, only with
/// notice, and relieved by the next one when its longest duration is over.
public struct Dispatch: Hashable, Sendable {
  /// One call.
  public struct Call: Hashable, Sendable {
    /// The position of the contract.
    public let contract: Int
    /// The slots of the award during which it is curtailed.
    public let slots: Range<Int>
  }

  /// The calls in the order in which they begin.
  public let calls: [Call]
  /// For each slot what is reached at the award's confidence, at most what was awarded.
  public let reached: [Energy]

  /// Whether every slot reaches what was awarded.
  public func isComplete(_ award: Award) -> Bool { reached.allSatisfy { $0 >= award.energy } }

  /// Calls contracts of `portfolio` for `award`.
  public init(_ award: Award, of portfolio: Portfolio) {
    var waiting = Self.order(award, portfolio)
    var calls: [Call] = []
    var reached: [Energy] = []
    for slot in 0..<award.slots {
      var active = ActiveLoads(calls.filter { $0.slots.contains(slot) }.map(\.contract), portfolio)
      while !active.reaches(award),
        let next = waiting.firstIndex(where: { portfolio.contracts[$0].limits.notice <= award.lead + slot })
      {
        let position = waiting.remove(at: next)
        let end = min(slot + portfolio.contracts[position].limits.duration, award.slots)
        calls.append(Call(contract: position, slots: slot..<end))
        active.add(position)
      }
      reached.append(min(active.yield.quantity(at: award.confidence), award.energy))
    }
    self.calls = calls
    self.reached = reached
  }

  private static func order(_ award: Award, _ portfolio: Portfolio) -> [Int] {
    portfolio.contracts.indices.filter {
      portfolio.contracts[$0].priority <= award.priority && portfolio.contracts[$0].limits.callsLeft > 0
    }.sorted { a, b in
      let (first, second) = (portfolio.contracts[a], portfolio.contracts[b])
      return (-first.priority, first.called, a) < (-second.priority, second.called, b)
    }
  }
}

/// The loads that are curtailed in a slot.
private struct ActiveLoads {
  private let portfolio: Portfolio
  private var positions: [Int] = []
  private var estimate: ApproximateYield

  init(_ positions: [Int], _ portfolio: Portfolio) {
    self.portfolio = portfolio
    estimate = ApproximateYield(correlation: portfolio.correlation)
    for position in positions { add(position) }
  }

  mutating func add(_ position: Int) {
    positions.append(position)
    estimate.add(portfolio.contracts[position])
  }

  /// What they free: exactly on a grid where they are few, else by moments.
  var yield: any YieldDistribution {
    positions.count <= ConvolvedYield.mostContracts
      ? portfolio.yield(of: positions.map { portfolio.contracts[$0] }) : estimate
  }

  /// Whether they free what was awarded, as surely as it was awarded.
  func reaches(_ award: Award) -> Bool {
    // The quick estimate keeps the exact one from being asked in vain.
    let wanted = Double(award.confidence.numerator) / Double(award.confidence.denominator)
    guard estimate.most >= award.energy, estimate.reaching(award.energy) >= wanted - 0.1 else { return false }
    return yield.quantity(at: award.confidence) >= award.energy
  }
}
