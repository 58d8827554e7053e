import Quantities

/// Grid fees and levies per kWh by distance class, charged to whoever withdraws.
///
/// Fees follow net energy: what a member bought and sold again in the same slot never flowed to it and costs no fee.
public struct FeeSchedule: Hashable, Sendable {
  /// What is charged for each kWh of one class.
  public struct Rate: Hashable, Sendable {
    /// The grid operator's fee.
    public let network: Price
    /// Levies and taxes.
    public let levies: Price

    /// A rate of `network` and `levies`.
    ///
    /// - Throws: `price_out_of_bounds` unless both are within 0 … ``Price/maximum``.
    public init(network: Price, levies: Price) throws(MarketError) {
      for price in [network, levies] where price < .zero || price > .maximum {
        throw .price("the fee \(price) is outside 0 … \(Price.maximum)")
      }
      self.network = network
      self.levies = levies
    }
  }

  /// What one member owes for one slot.
  public struct Charge: Hashable, Sendable {
    /// To the grid operator.
    public let network: Money
    /// Levies and taxes.
    public let levies: Money
  }

  /// The rate of each class; a class without one is free.
  public let rates: [DistanceClass: Rate]

  /// A schedule of `rates`.
  public init(rates: [DistanceClass: Rate]) { self.rates = rates }

  /// What a member owes for what it bought and sold for one slot.
  ///
  /// The net of both is spread over the classes that it bought from, in proportion and by largest remainder, near
  /// classes first.
  ///
  /// - Throws: `energy_out_of_bounds` where an amount is negative; `market_overflow`.
  public func charge(bought: [DistanceClass: Energy], sold: Energy) throws(MarketError) -> Charge {
    let weights = DistanceClass.allCases.map { bought[$0]?.units ?? 0 }
    guard weights.allSatisfy({ $0 >= 0 }), sold >= .zero else { throw .energy("an amount bought or sold is negative") }
    var total = 0
    for weight in weights { total = try Amount.sum(total, weight) }
    let parts = Apportionment.split(max(total - sold.units, 0), by: weights)
    var network = 0
    var levies = 0
    for (distance, energy) in zip(DistanceClass.allCases, parts) {
      guard let rate = rates[distance] else { continue }
      network = try Amount.sum(network, try Amount.product(energy, rate.network.units))
      levies = try Amount.sum(levies, try Amount.product(energy, rate.levies.units))
    }
    return Charge(network: Money(nanos: network), levies: Money(nanos: levies))
  }
}
