/// What a storage with a certain charge does in one slot, for every net load that may come.
///
/// Energy in store is worth what it saves later, so the storage stands in the merit order: it bids that worth, less what
/// charging loses, for each Wh it could take, and asks it, plus what discharging loses, for each Wh it holds. The grid
/// stands there too, buying at the feed-in tariff F and selling at the retail tariff R. The net load picks the marginal
/// one, whose price is what one more Wh of load costs.
struct StorageStep {
  /// A Wh-wide part of the merit order that belongs to the storage.
  struct Segment {
    /// The interval of the state of charge that it fills or empties.
    let interval: Int
    let charges: Bool
    /// What a Wh of it costs at the LEM.
    let price: Double
    /// Where it starts and ends on the axis of net load.
    let start: Double
    let end: Double
    /// Wh in store for each Wh at the LEM.
    let stored: Double
  }

  /// Prices closer than this, in µ-units/kWh, are one: sums have rounded them.
  private static let tie = 1e-6

  private let outlook: SlotOutlook
  /// By rising price.
  let segments: [Segment]
  private let state: Int
  private let width: Double

  /// - Parameters:
  ///   - state: the number of intervals that are full.
  ///   - worth: what a stored Wh of each interval saves later, falling with the interval.
  ///   - width: Wh of an interval.
  init(_ outlook: SlotOutlook, _ storage: Storage, state: Int, worth: [Double], width: Double) {
    let efficiency = storage.oneWayEfficiency
    self.outlook = outlook
    self.state = state
    self.width = width
    var charging: [(interval: Int, energy: Double)] = []
    var room = storage.power
    for interval in state..<worth.count where room > 0 {
      charging.append((interval, min(room, width / efficiency)))
      room -= width / efficiency
    }
    var segments: [Segment] = []
    var position = -charging.reduce(0) { $0 + $1.energy }
    for (interval, energy) in charging.reversed() {
      let end = position + energy
      segments.append(
        Segment(
          interval: interval, charges: true, price: worth[interval] * efficiency, start: position, end: end,
          stored: efficiency))
      position = end
    }
    position = 0
    room = storage.power
    for interval in (0..<state).reversed() where room > 0 {
      let energy = min(room, width * efficiency)
      segments.append(
        Segment(
          interval: interval, charges: false, price: worth[interval] / efficiency, start: position,
          end: position + energy, stored: 1 / efficiency))
      position += energy
      room -= width * efficiency
    }
    self.segments = segments
  }

  private func clipped(_ price: Double) -> Double { min(max(price, outlook.feedIn), outlook.retail) }

  /// The expected cost at the grid and of what leaves the store, where `later` is the cost expected at the present charge.
  func expectedCost(later: Double, worth: [Double]) -> Double {
    var cost = later + outlook.feedIn * outlook.mean
    // Below all segments the grid takes the surplus, after the bids above its price and with the asks below it.
    for segment in segments {
      let energy = segment.end - segment.start
      if segment.charges, segment.price > outlook.feedIn {
        cost += energy * (outlook.feedIn - worth[segment.interval] * segment.stored)
      } else if !segment.charges, segment.price < outlook.feedIn {
        cost -= energy * (outlook.feedIn - worth[segment.interval] * segment.stored)
      }
    }
    for (jump, position) in jumps { cost += jump * outlook.netLoad.excess(over: position) }
    return cost
  }

  /// The expected cost of one more Wh of load.
  var expectedPrice: Double {
    jumps.reduce(outlook.feedIn) { $0 + $1.jump * outlook.netLoad.exceeding($1.position) }
  }

  /// Each price that may come, with its probability.
  var prices: [(price: Double, probability: Double)] {
    var prices: [(price: Double, probability: Double)] = []
    var exceeding = 1.0
    var price = outlook.feedIn
    for (jump, position) in jumps {
      let next = outlook.netLoad.exceeding(position)
      prices.append((price, exceeding - next))
      exceeding = next
      price += jump
    }
    return prices + [(price, exceeding)]
  }

  /// By how much the price rises where, as the net load grows.
  private var jumps: [(jump: Double, position: Double)] {
    var jumps: [(jump: Double, position: Double)] = []
    var price = outlook.feedIn
    for segment in segments {
      let next = clipped(segment.price)
      if next > price { jumps.append((next - price, segment.start)) }
      price = max(price, next)
    }
    jumps.append((outlook.retail - price, segments.last?.end ?? 0))
    return jumps
  }

  /// Adds to `distribution` where this state, which has `probability`, leads to.
  func follow(probability: Double, into distribution: inout [Double]) {
    var moved = Array(repeating: 0.0, count: distribution.count)
    var (firstFilled, firstEmptied) = (0.0, 0.0)
    for segment in segments {
      let energy = segment.end - segment.start
      let passed = outlook.netLoad.excess(over: segment.start) - outlook.netLoad.excess(over: segment.end)
      var used = segment.charges ? energy - passed : passed
      // A segment that is worth just what the grid takes or gives serves the LEM's own surplus and need.
      if segment.price < outlook.feedIn - Self.tie { used = segment.charges ? 0 : energy }
      if segment.price > outlook.retail + Self.tie { used = segment.charges ? energy : 0 }
      moved[segment.interval] = used * segment.stored / width
      if segment.charges, segment.interval == state { firstFilled = moved[segment.interval] }
      if !segment.charges, segment.interval == state - 1 { firstEmptied = moved[segment.interval] }
    }
    distribution[state] += probability * (1 - firstFilled - firstEmptied)
    for segment in segments {
      let interval = segment.interval
      if segment.charges {
        let next = interval + 1 < moved.count ? moved[interval + 1] : 0
        distribution[interval + 1] += probability * (moved[interval] - next)
      } else {
        distribution[interval] += probability * (moved[interval] - (interval > 0 ? moved[interval - 1] : 0))
      }
    }
  }
}
