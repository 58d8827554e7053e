import Quantities

/// What one market gives to the network as its price rises, in steps: every ask passed sells, every bid passed stops
/// buying.
///
/// The curve runs from minus all demand to all supply; a position on it is the market's export.
struct NetSupply {
  private let prices: [Int]
  private let energies: [Int]
  /// Steps wholly below the position.
  private var index = 0
  /// What of the step at ``index`` is below the position.
  private var used = 0
  /// The export at the position: negative imports.
  private(set) var export: Int

  /// The curve of a book, positioned below every step at `price` or more.
  init(bids: [Order], asks: [Order], at price: Int) {
    // Price and energy have 27 bits each, so one number sorts as both.
    var keys = bids.map { $0.price.units << 32 | $0.energy.units }
    keys += asks.map { $0.price.units << 32 | $0.energy.units }
    keys.sort()
    var prices: [Int] = []
    var energies: [Int] = []
    prices.reserveCapacity(keys.count)
    energies.reserveCapacity(keys.count)
    for key in keys {
      if prices.last == key >> 32 {
        energies[energies.count - 1] += key & 0xFFFF_FFFF
      } else {
        prices.append(key >> 32)
        energies.append(key & 0xFFFF_FFFF)
      }
    }
    self.prices = prices
    self.energies = energies
    export = -bids.reduce(0) { $0 + $1.energy.units }
    while index < prices.count, prices[index] < price {
      export += energies[index]
      index += 1
    }
  }

  /// The price of exporting one Wh more, and how much that price is good for.
  var more: (price: Int, energy: Int)? {
    index < prices.count ? (prices[index], energies[index] - used) : nil
  }

  /// The value of exporting one Wh less, and how much that value is good for.
  var less: (price: Int, energy: Int)? {
    if used > 0 { return (prices[index], used) }
    return index > 0 ? (prices[index - 1], energies[index - 1]) : nil
  }

  /// Moves up by at most what ``more`` tells, or down by at most what ``less`` tells.
  mutating func move(by energy: Int) {
    export += energy
    if energy < 0, used == 0 {
      index -= 1
      used = energies[index]
    }
    used += energy
    if index < energies.count, used == energies[index] {
      index += 1
      used = 0
    }
  }
}
