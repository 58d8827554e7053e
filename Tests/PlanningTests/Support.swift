import Chance
import Foundation
import Market
import Planning
import Quantities

/// The tariffs between two prices in µ-units/kWh.
func tariff(_ feedIn: Int, _ retail: Int) throws -> Tariff {
  try Tariff(feedIn: Price(units: feedIn), retail: Price(units: retail))
}

/// What is expected of a slot with the tariffs of the worked cases.
func outlook(_ mean: Double, _ deviation: Double, feedIn: Int = 8_000, retail: Int = 30_000) throws -> SlotOutlook {
  try SlotOutlook(tariff: tariff(feedIn, retail), mean: mean, deviation: deviation)
}

/// A contract of which only the yield matters.
func contract(
  _ id: String, power: Int, probability: Double, mean: Double, deviation: Double, perCall: Int = 0, perKWh: Int = 0,
  duration: Int = 4, notice: Int = 0, callsLeft: Int = 1, called: Int = 0, priority: Int = 1
) throws -> CurtailmentContract {
  try CurtailmentContract(
    id: id, power: Power(units: power),
    yield: .init(probability: probability, mean: mean, deviation: deviation), perCall: Money(nanos: perCall),
    perKilowattHour: Price(units: perKWh),
    limits: .init(duration: duration, notice: notice, callsLeft: callsLeft), called: called, priority: priority)
}

/// How many seeds a random test tries: `TWINERGY_SEEDS`, or `count` where it is unset.
func seeds(_ count: Int) -> Range<Int> {
  0..<(ProcessInfo.processInfo.environment["TWINERGY_SEEDS"].flatMap { Int($0) } ?? count)
}

extension SplitMix64 {
  /// A standard normal number (Box & Muller 1958).
  mutating func normal() -> Double {
    let (radius, angle) = (Double.random(in: Double.ulpOfOne...1, using: &self), Double.random(in: 0..<1, using: &self))
    return (-2 * log(radius)).squareRoot() * cos(2 * Double.pi * angle)
  }
}
