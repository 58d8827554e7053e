import Encoding
import Kernel
import Quantities

/// Hours of a day of the week.
public struct DayHours: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(day:from:to:), Member("day", \.day), Member("from", \.from), Member("to", \.to))

  /// The day.
  public let day: Weekday
  /// The hour at which they begin, 0 … 23.
  public let from: Int
  /// The hour at which they end, 1 … 24.
  public let to: Int

  /// What the members say.
  public init(day: Weekday, from: Int, to: Int) throws(JSONError) {
    self.day = day
    self.from = from
    self.to = to
    try Self.require(from, to)
  }
}

/// A power during hours of a day of the week.
public struct DayPower: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(day:from:to:power:), Member("day", \.day), Member("from", \.from), Member("to", \.to),
    Member("power", \.power))

  /// The day.
  public let day: Weekday
  /// The hour at which they begin, 0 … 23.
  public let from: Int
  /// The hour at which they end, 1 … 24.
  public let to: Int
  /// In the hours.
  public let power: Power

  /// What the members say.
  public init(day: Weekday, from: Int, to: Int, power: Power) throws(JSONError) {
    self.day = day
    self.from = from
    self.to = to
    self.power = power
    try DayHours.require(from, to)
  }
}

/// When an appliance runs best, and what that saves.
public struct CycleTimes: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(appliance:name:canonicalCost:optimizedCost:times:), Member("appliance", \.appliance),
    Member("name", \.name), Member("canonicalCost", \.canonicalCost), Member("optimizedCost", \.optimizedCost),
    Member("times", \.times, count: 0...64))

  /// The appliance's number.
  public let appliance: Int
  /// Its name.
  public let name: String
  /// As it was used.
  public let canonicalCost: Measure<MicroCurrency>
  /// As it would be best.
  public let optimizedCost: Measure<MicroCurrency>
  /// When it runs best.
  public let times: [DayHours]

  /// What the members say.
  public init(
    appliance: Int, name: String, canonicalCost: Measure<MicroCurrency>, optimizedCost: Measure<MicroCurrency>,
    times: [DayHours]
  ) {
    self.appliance = appliance
    self.name = name
    self.canonicalCost = canonicalCost
    self.optimizedCost = optimizedCost
    self.times = times
  }
}

/// `behaviour.assessed`: real against optimal use of a building.
public struct BehaviourAssessed: EventPayload {
  /// The event's type.
  public static let type = "behaviour.assessed"
  /// The members.
  public static let members = Members(
    Self.init(
      behaviour:building:asset:discomfort:status:optimization:currency:canonicalCost:realCost:optimizedCost:cycles:
      powers:), Member("behaviour", \.behaviour), Member("building", \.building), Member("asset", \.asset),
    Member("discomfort", \.discomfort), Member("status", \.status), Member("optimization", \.optimization),
    Member("currency", \.currency), Member("canonicalCost", \.canonicalCost), Member("realCost", \.realCost),
    Member("optimizedCost", \.optimizedCost), Member("cycles", \.cycles, count: 0...32),
    Member("powers", \.powers, count: 0...168))

  /// The record's number.
  public let behaviour: Int
  /// The building.
  public let building: BuildingID
  /// The building's number.
  public let asset: Int
  /// What the optimum costs in comfort.
  public let discomfort: Measure<Thousandth>
  /// Whether there is an optimum.
  public let status: OptimizationStatus
  /// The number of the run.
  public let optimization: Int
  /// Of the costs.
  public let currency: Currency
  /// As it is usually used.
  public let canonicalCost: Measure<MicroCurrency>
  /// As it was used.
  public let realCost: Measure<MicroCurrency>
  /// As it would be best.
  public let optimizedCost: Measure<MicroCurrency>
  /// By appliance.
  public let cycles: [CycleTimes]
  /// By day and hour.
  public let powers: [DayPower]

  /// What the members say.
  public init(
    behaviour: Int, building: BuildingID, asset: Int, discomfort: Measure<Thousandth>, status: OptimizationStatus,
    optimization: Int, currency: Currency, canonicalCost: Measure<MicroCurrency>, realCost: Measure<MicroCurrency>,
    optimizedCost: Measure<MicroCurrency>, cycles: [CycleTimes], powers: [DayPower]
  ) {
    self.behaviour = behaviour
    self.building = building
    self.asset = asset
    self.discomfort = discomfort
    self.status = status
    self.optimization = optimization
    self.currency = currency
    self.canonicalCost = canonicalCost
    self.realCost = realCost
    self.optimizedCost = optimizedCost
    self.cycles = cycles
    self.powers = powers
  }
}
