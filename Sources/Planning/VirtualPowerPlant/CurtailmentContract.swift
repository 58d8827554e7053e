import Quantities

/// A curtailable load under contract: what may be asked of it, what it yields, what it is paid.
public struct CurtailmentContract: Hashable, Sendable {
  /// What a slot of a call frees, as far as is known.
  public struct Yield: Hashable, Sendable {
    /// The probability that the load is on.
    public let probability: Double
    /// The energy freed where it is on, in Wh a slot.
    public let mean: Double
    /// The standard deviation of that.
    public let deviation: Double

    /// A yield.
    ///
    /// - Throws: `planning_invalid` unless 0 ≤ probability ≤ 1 and neither of the others is negative or beyond 100 MWh.
    public init(probability: Double, mean: Double, deviation: Double) throws(PlanningError) {
      let most = Double(Energy.maximumPerSlot.units)
      guard (0...1).contains(probability), (0...most).contains(mean), (0...most).contains(deviation) else {
        throw .input("a yield of \(mean) ± \(deviation) Wh with probability \(probability) cannot be")
      }
      self.probability = probability
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// What may be asked.
  public struct Limits: Hashable, Sendable {
    /// The most slots that one call lasts, at least one.
    public let duration: Int
    /// Slots of warning before a call.
    public let notice: Int
    /// Calls that are left of the contract.
    public let callsLeft: Int

    /// Limits.
    ///
    /// - Throws: `planning_invalid` where one is negative, or the duration is nothing.
    public init(duration: Int, notice: Int, callsLeft: Int) throws(PlanningError) {
      guard duration >= 1, notice >= 0, callsLeft >= 0 else {
        throw .input("a call of \(duration) slots after \(notice) of notice, \(callsLeft) times, cannot be")
      }
      self.duration = duration
      self.notice = notice
      self.callsLeft = callsLeft
    }
  }

  /// The contract's name.
  public let id: String
  /// The load that is switched, which bounds what a slot can free.
  public let power: Power
  /// What a slot of a call frees.
  public let yield: Yield
  /// What a call is paid, whatever it yields.
  public let perCall: Money
  /// What a freed kWh is paid.
  public let perKilowattHour: Price
  /// What may be asked.
  public let limits: Limits
  /// Calls made so far.
  public let called: Int
  /// The class in which it is curtailed: 1 is first.
  public let priority: Int

  /// A contract.
  ///
  /// - Throws: `planning_invalid` where an amount is negative or the power above 400 MW.
  public init(
    id: String, power: Power, yield: Yield, perCall: Money, perKilowattHour: Price, limits: Limits, called: Int = 0,
    priority: Int = 1
  ) throws(PlanningError) {
    guard .zero < power, power.units <= 4 * Energy.maximumPerSlot.units, perCall >= .zero,
      .zero <= perKilowattHour, perKilowattHour <= .maximum, called >= 0, priority >= 1
    else { throw .input("the contract \(id) has an amount that cannot be") }
    self.id = id
    self.power = power
    self.yield = yield
    self.perCall = perCall
    self.perKilowattHour = perKilowattHour
    self.limits = limits
    self.called = called
    self.priority = priority
  }

  /// What a slot frees at most: the load's power over a quarter of an hour.
  public var most: Energy { Energy(units: power.units / 4) }
}
