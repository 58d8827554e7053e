import Quantities

/// A menu of service classes whose charges make it best for customers to choose by what an outage costs them.
///
/// Class k is served with probability r_k, falling from class to class; between two classes lies a strike, the value of
/// service at which a customer is indifferent: charge_k − charge_{k+1} = strike_k·(r_k − r_{k+1}), and the last class pays
/// for its service what the lowest strike says (Chao & Wilson 1987; Chao, Oren, Smith & Wilson 1986).
public struct ContractMenu: Hashable, Sendable {
  /// The most classes.
  public static let maximumClasses = 100

  /// A class as it is offered.
  public struct Class: Hashable, Sendable {
    /// The value of service above which this class is the best choice, in µ-units/kWh.
    public let strike: Price
    /// The probability of service.
    public let service: Ratio

    /// A class.
    public init(strike: Price, service: Ratio) {
      self.strike = strike
      self.service = service
    }
  }

  /// The classes, the best served first.
  public let classes: [Class]
  /// What each class pays for a subscribed kWh, rounded down.
  public let charges: [Price]

  /// A menu.
  ///
  /// - Throws: `planning_invalid` unless strikes and probabilities both fall from class to class.
  public init(_ classes: [Class]) throws(PlanningError) {
    guard (1...Self.maximumClasses).contains(classes.count) else {
      throw .input("a menu has 1 to \(Self.maximumClasses) classes, not \(classes.count)")
    }
    for (better, worse) in zip(classes, classes.dropFirst()) {
      guard better.strike > worse.strike, Self.parts(better.service) > Self.parts(worse.service) else {
        throw .input("strikes and probabilities of service do not fall from class to class")
      }
    }
    self.classes = classes
    var charges: [Price] = []
    // Charges are summed in parts of a µ-unit, so that each is rounded once.
    var total: Int128 = 0
    var below: Int128 = 0
    for entry in classes.reversed() {
      total += Int128(entry.strike.units) * (Self.parts(entry.service) - below)
      below = Self.parts(entry.service)
      charges.append(Price(units: Int(total / Self.one)))
    }
    self.charges = charges.reversed()
  }

  /// The class that a customer to whom service is worth `value` should choose; nil where none is worth its charge.
  public func choice(at value: Price) -> Int? { classes.firstIndex { $0.strike <= value } }

  private static let one: Int128 = 1_000_000_000_000

  /// A probability in millionths of millionths, rounded down.
  private static func parts(_ ratio: Ratio) -> Int128 { one * Int128(ratio.numerator) / Int128(ratio.denominator) }
}
