import Market
import Quantities

/// What is expected of one slot a day ahead.
public struct SlotOutlook: Hashable, Sendable {
  /// The largest mean or deviation, 1 TWh in either direction.
  public static let maximumWattHours = 1_000_000_000_000.0

  /// The grid's tariffs.
  public let tariff: Tariff
  /// The forecast net load of the LEM in Wh, positive where it needs energy.
  public let mean: Double
  /// The standard deviation of the net load in Wh.
  public let deviation: Double

  /// An outlook.
  ///
  /// - Throws: `planning_invalid` where a number is no number or too large, or the deviation is negative.
  public init(tariff: Tariff, mean: Double, deviation: Double) throws(PlanningError) {
    guard abs(mean) <= Self.maximumWattHours, deviation >= 0, deviation <= Self.maximumWattHours else {
      throw .input("a net load of \(mean) Wh with deviation \(deviation) Wh cannot be")
    }
    self.tariff = tariff
    self.mean = mean
    self.deviation = deviation
  }

  var netLoad: NormalAmount { NormalAmount(mean: mean, deviation: deviation) }
  var feedIn: Double { Double(tariff.feedIn.units) }
  var retail: Double { Double(tariff.retail.units) }

  /// The probability that the LEM needs energy from the grid, without storage.
  public var probabilityOfNeed: Double { netLoad.exceeding(0) }
}
