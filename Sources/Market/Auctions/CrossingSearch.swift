import Quantities

/// Finds the crossing without sorting: prices are bounded by the tariffs, so demand and supply are summed by price.
///
/// The range of prices is cut into buckets, at most as many as pay for themselves; the bucket that holds the crossing is
/// found from the sums, and cut again until it is one price wide. Each cut reads every order once. The unsafe pointers
/// stay in this file; every index into the buckets is derived from a price that has been compared with the range.
enum CrossingSearch {
  /// The lowest price at which supply covers demand, which may be one above the retail tariff.
  static func pivot(
    bids: [Order], asks: [Order], within tariff: Tariff, exported: Int
  ) throws(MarketError) -> Pivot {
    var window = Window(
      lowest: tariff.feedIn.units, width: tariff.retail.units - tariff.feedIn.units + 1,
      demandAbove: max(exported, 0), supplyBelow: max(-exported, 0))
    let limit = bucketLimit(orders: bids.count + asks.count)
    let buckets = UnsafeMutablePointer<Int>.allocate(capacity: 2 * limit)
    defer { buckets.deallocate() }
    var first = true
    while true {
      let shift = window.shift(limit: limit)
      let count = ((window.width - 1) >> shift) + 1
      let demand = buckets
      let supply = buckets + count
      buckets.initialize(repeating: 0, count: 2 * count)
      let bidsOutside = add(bids, to: demand, window, shift)
      let asksOutside = add(asks, to: supply, window, shift)
      if first {
        if bidsOutside { throw refusal(bids, tariff) }
        if asksOutside { throw refusal(asks, tariff) }
        first = false
      }
      let bucket = narrow(&window, demand, supply, count, shift)
      if shift == 0 { return pivot(window, demand: demand[bucket], supply: supply[bucket]) }
    }
  }

  /// The highest price below `price` and the lowest that is not below it.
  static func neighbours(of price: Int, in orders: [Order]) -> (below: Int?, atOrAbove: Int?) {
    var below = Int.min
    var atOrAbove = Int.max
    orders.withUnsafeBufferPointer { orders in
      for order in orders {
        let units = order.price.units
        below = max(below, units < price ? units : Int.min)
        atOrAbove = min(atOrAbove, units < price ? Int.max : units)
      }
    }
    return (below == Int.min ? nil : below, atOrAbove == Int.max ? nil : atOrAbove)
  }

  /// The prices that may still be the pivot, and what is traded beyond them.
  private struct Window {
    var lowest: Int
    var width: Int
    /// Demand of the bids above the window.
    var demandAbove: Int
    /// Supply of the asks below the window.
    var supplyBelow: Int

    func shift(limit: Int) -> Int {
      var shift = 0
      while (width - 1) >> shift >= limit { shift += 1 }
      return shift
    }
  }

  private static func bucketLimit(orders: Int) -> Int {
    var limit = 64
    while limit < orders / 2, limit < 32_768 { limit *= 2 }
    return limit
  }

  /// Sums the energy of orders by bucket; tells whether any lies outside the window.
  private static func add(
    _ orders: [Order], to buckets: UnsafeMutablePointer<Int>, _ window: Window, _ shift: Int
  ) -> Bool {
    let width = UInt(bitPattern: window.width)
    var outside = false
    orders.withUnsafeBufferPointer { orders in
      for order in orders {
        let offset = UInt(bitPattern: order.price.units &- window.lowest)
        if offset < width {
          buckets[Int(bitPattern: offset &>> UInt(bitPattern: shift))] &+= order.energy.units
        } else {
          outside = true
        }
      }
    }
    return outside
  }

  /// Shrinks the window to the first bucket whose end has supply for all demand above it.
  private static func narrow(
    _ window: inout Window, _ demand: UnsafeMutablePointer<Int>, _ supply: UnsafeMutablePointer<Int>, _ count: Int,
    _ shift: Int
  ) -> Int {
    var above = window.demandAbove
    for bucket in 0..<count { above &+= demand[bucket] }
    var below = window.supplyBelow
    var bucket = 0
    while true {
      above &-= demand[bucket]
      if below &+ supply[bucket] >= above { break }
      below &+= supply[bucket]
      bucket += 1
    }
    let end = window.lowest + window.width
    window.lowest += bucket << shift
    window.width = min(1 << shift, end - window.lowest)
    window.demandAbove = above
    window.supplyBelow = below
    return bucket
  }

  private static func pivot(_ window: Window, demand: Int, supply: Int) -> Pivot {
    let demandAt = window.demandAbove + demand
    let supplyAt = window.supplyBelow + supply
    if supplyAt >= demandAt {
      return Pivot(price: window.lowest, demandAt: demandAt, supplyBelow: window.supplyBelow, supplyAt: supplyAt)
    }
    return Pivot(
      price: window.lowest + 1, demandAt: window.demandAbove, supplyBelow: supplyAt, supplyAt: supplyAt)
  }

  private static func refusal(_ orders: [Order], _ tariff: Tariff) -> MarketError {
    let price = orders.first { !tariff.contains($0.price) }!.price
    return .price("the price \(price) is outside the tariffs \(tariff.feedIn) … \(tariff.retail)")
  }
}
