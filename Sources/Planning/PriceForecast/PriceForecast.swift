import Foundation
import Market
import Quantities

/// The price of a LEM a day ahead: what one more kWh in each slot is expected to cost.
///
/// Without storage that is F + (R − F)·P(N > 0), for the feed-in tariff F, the retail tariff R and the net load N, which
/// is normally distributed. With storage it is the marginal cost along the best policy, found by stochastic dynamic
/// programming backwards over the state of charge: the storage sees a slot's net load, not those to come, which are
/// independent. What it holds after the last slot is worth that slot's feed-in tariff. The cost is that of the grid,
/// R·N⁺ − F·N⁻; so moving a small load from one slot to another changes it by the difference of their prices.
public struct PriceForecast: Hashable, Sendable {
  /// Intervals into which the state of charge is cut.
  static let intervals = 100

  /// The forecast of one slot.
  public struct Slot: Hashable, Sendable {
    /// The expected cost of one more kWh, rounded down.
    public let price: Price
    /// The price that is exceeded nine times of ten, or the expectation where that is lower.
    public let low: Price
    /// The price that is exceeded once in ten times, or the expectation where that is higher.
    public let high: Price
  }

  /// The slots in their order.
  public let slots: [Slot]
  /// What the community is expected to pay to the grid over all slots, less what its storage is worth at the end, in
  /// n-units.
  public let expectedCost: Double

  /// ``expectedCost`` in whole n-units, or the largest amount there is.
  public var roundedCost: Int { Int(clamping: Int128(expectedCost.rounded())) }

  /// A forecast.
  ///
  /// - Parameters:
  ///   - storage: the LEM's storage, if it has one.
  ///   - fairness: θ, how far prices are drawn to the mid-market rate: (1 − θ)·price + θ·(F + R)/2.
  public init(_ outlooks: [SlotOutlook], storage: Storage? = nil, fairness: Ratio? = nil) {
    let raw: Raw
    if let storage, storage.capacity > 0, storage.power > 0 {
      raw = Self.withStorage(outlooks, storage)
    } else {
      raw = Self.withoutStorage(outlooks)
    }
    let weight = fairness.map { Double($0.numerator) / Double($0.denominator) } ?? 0
    expectedCost = raw.cost
    slots = zip(outlooks, raw.slots).map { outlook, slot in
      func quantised(_ price: Double) -> Price {
        let blended = (1 - weight) * price + weight * (outlook.feedIn + outlook.retail) / 2
        // Sums of probabilities miss whole numbers by a hair.
        let units = Int((blended + 1e-6).rounded(.down))
        return Price(units: min(max(units, outlook.tariff.feedIn.units), outlook.tariff.retail.units))
      }
      return Slot(
        price: quantised(slot.price), low: quantised(min(slot.low, slot.price)),
        high: quantised(max(slot.high, slot.price)))
    }
  }

  /// Prices before they are quantised.
  struct Raw {
    var slots: [(price: Double, low: Double, high: Double)]
    var cost: Double
  }

  static func withoutStorage(_ outlooks: [SlotOutlook]) -> Raw {
    var raw = Raw(slots: [], cost: 0)
    for outlook in outlooks {
      let spread = outlook.retail - outlook.feedIn
      let need = outlook.probabilityOfNeed
      raw.slots.append(
        (
          outlook.feedIn + spread * need, quantile(0.1, of: [(outlook.feedIn, 1 - need), (outlook.retail, need)]),
          quantile(0.9, of: [(outlook.feedIn, 1 - need), (outlook.retail, need)])
        ))
      raw.cost += outlook.feedIn * outlook.mean + spread * outlook.netLoad.excess(over: 0)
    }
    return raw
  }

  static func withStorage(_ outlooks: [SlotOutlook], _ storage: Storage) -> Raw {
    let width = storage.capacity / Double(intervals)
    // The worth of stored Wh before each slot, and the cost to come of an empty store.
    let salvage = outlooks.last?.feedIn ?? 0
    var costs = (0...intervals).map { -salvage * width * Double($0) }
    var worths: [[Double]] = []
    for outlook in outlooks.reversed() {
      let worth = Self.worth(costs, width)
      worths.append(worth)
      costs = (0...intervals).map { state in
        StorageStep(outlook, storage, state: state, worth: worth, width: width)
          .expectedCost(later: costs[state], worth: worth)
      }
    }
    var raw = Raw(slots: [], cost: 0)
    var distribution = start(storage, width)
    raw.cost = zip(distribution, costs).reduce(0) { $0 + $1.0 * $1.1 }
    for (outlook, worth) in zip(outlooks, worths.reversed()) {
      var next = Array(repeating: 0.0, count: intervals + 1)
      var price = 0.0
      var prices: [(price: Double, probability: Double)] = []
      for (state, probability) in distribution.enumerated() where probability > 0 {
        let step = StorageStep(outlook, storage, state: state, worth: worth, width: width)
        price += probability * step.expectedPrice
        prices += step.prices.map { ($0.price, $0.probability * probability) }
        step.follow(probability: probability, into: &next)
      }
      raw.slots.append((price, quantile(0.1, of: prices), quantile(0.9, of: prices)))
      distribution = next
    }
    return raw
  }

  /// What a Wh more in store saves, interval by interval; costs that rounding has bent are straightened.
  private static func worth(_ costs: [Double], _ width: Double) -> [Double] {
    var worth = (0..<intervals).map { (costs[$0] - costs[$0 + 1]) / width }
    for interval in worth.indices.dropFirst() { worth[interval] = min(worth[interval], worth[interval - 1]) }
    return worth
  }

  /// The state of charge at the start, shared between the two states beside it.
  private static func start(_ storage: Storage, _ width: Double) -> [Double] {
    var distribution = Array(repeating: 0.0, count: intervals + 1)
    let place = min(storage.charge / width, Double(intervals))
    let state = min(Int(place), intervals - 1)
    distribution[state] = 1 - (place - Double(state))
    distribution[state + 1] = place - Double(state)
    return distribution
  }

  /// The lowest price that is not exceeded with probability `share`.
  private static func quantile(_ share: Double, of prices: [(price: Double, probability: Double)]) -> Double {
    let sorted = prices.sorted { $0.price < $1.price }
    var sum = 0.0
    for (price, probability) in sorted {
      sum += probability
      if sum >= share - 1e-12, probability > 0 { return price }
    }
    return sorted.last?.price ?? 0
  }
}
