import Foundation
import Market
import Quantities

/// Orders as data: "25000x1000 20000x500", price × Wh in the order of acceptance.
func orders(_ text: String) throws -> [Order] {
  try text.split(separator: " ").map { part in
    let numbers = part.split(separator: "x").compactMap { Int($0) }
    return try Order(price: Price(units: numbers[0]), energy: Energy(units: numbers[1]))
  }
}

/// The tariffs between two prices in µ-units/kWh.
func tariff(_ feedIn: Int, _ retail: Int) throws -> Tariff {
  try Tariff(feedIn: Price(units: feedIn), retail: Price(units: retail))
}

/// Amounts of Wh as plain numbers.
extension [Energy] {
  var wattHours: [Int] { map(\.units) }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// How many seeds a random test tries: `TWINERGY_SEEDS`, or `count` where it is unset.
func seeds(_ count: Int = 2_000) -> Range<Int> {
  0..<(ProcessInfo.processInfo.environment["TWINERGY_SEEDS"].flatMap { Int($0) } ?? count)
}

/// A book of random orders, crowded into few prices so that ties and partial fills are common.
struct RandomBook {
  let bids: [Order]
  let asks: [Order]
  let tariff: Tariff

  init(seed: Int, most: Int = 12) throws {
    var generator = SeededGenerator(seed: seed)
    let feedIn = Int.random(in: 0...50, using: &generator)
    let spread = [0, 1, 5, 20, 300, 22_000].randomElement(using: &generator)!
    tariff = try Market.Tariff(feedIn: Price(units: feedIn), retail: Price(units: feedIn + spread))
    let largest = [1, 3, 50, 2_500].randomElement(using: &generator)!
    func side() throws -> [Order] {
      try (0..<Int.random(in: 0...most, using: &generator)).map { _ in
        try Order(
          price: Price(units: Int.random(in: feedIn...feedIn + spread, using: &generator)),
          energy: Energy(units: Int.random(in: 1...largest, using: &generator)))
      }
    }
    bids = try side()
    asks = try side()
  }
}

/// Every list of up to `most` orders with prices from `prices` and energies from `energies`.
func allSides(most: Int, prices: ClosedRange<Int>, energies: ClosedRange<Int>) throws -> [[Order]] {
  var kinds: [Order] = []
  for price in prices {
    for energy in energies { kinds.append(try Order(price: Price(units: price), energy: Energy(units: energy))) }
  }
  var sides: [[Order]] = [[]]
  var longest: [[Order]] = [[]]
  for _ in 0..<most {
    longest = longest.flatMap { side in kinds.map { side + [$0] } }
    sides += longest
  }
  return sides
}
