import Quantities

/// How good a forecast was, once the prices are known.
public struct ForecastScore: Hashable, Sendable {
  /// The mean of the absolute errors, in µ-units/kWh.
  public let error: Double
  /// The mean of forecast minus cleared price, in µ-units/kWh.
  public let bias: Double
  /// 1 − error / error of "same as yesterday": 1 is perfect, 0 no better than yesterday's prices; nil where yesterday's
  /// prices are unknown or were right.
  public let skill: Double?
  /// The part of the cleared prices that lay between ``PriceForecast/Slot/low`` and ``PriceForecast/Slot/high``.
  public let coverage: Double

  /// The score of a forecast; nil without slots.
  ///
  /// - Parameters:
  ///   - cleared: the cleared price of each slot; slots without one are left out.
  ///   - yesterday: the price of the same slot the day before; empty where unknown.
  /// - Precondition: the lists name the same slots.
  public init?(_ forecast: [PriceForecast.Slot], cleared: [Price?], yesterday: [Price?] = []) {
    precondition(forecast.count == cleared.count && (yesterday.isEmpty || yesterday.count == cleared.count))
    var (count, error, bias, covered) = (0, 0, 0, 0)
    var (compared, comparedError, naiveError) = (0, 0, 0)
    for (position, slot) in forecast.enumerated() {
      guard let price = cleared[position] else { continue }
      count += 1
      error += abs(slot.price.units - price.units)
      bias += slot.price.units - price.units
      covered += slot.low <= price && price <= slot.high ? 1 : 0
      if !yesterday.isEmpty, let before = yesterday[position] {
        compared += 1
        comparedError += abs(slot.price.units - price.units)
        naiveError += abs(before.units - price.units)
      }
    }
    guard count > 0 else { return nil }
    self.error = Double(error) / Double(count)
    self.bias = Double(bias) / Double(count)
    coverage = Double(covered) / Double(count)
    skill = compared > 0 && naiveError > 0 ? 1 - Double(comparedError) / Double(naiveError) : nil
  }
}
