import Market
import Quantities

/// The deterministic book ORDERS-v1: SplitMix64 as a counter hash, five draws an order.
struct MarketOrders {
  static let feedIn = 8_000
  static let retail = 30_000

  /// The draw number `index` of the stream.
  static func draw(_ index: UInt64) -> UInt64 {
    var z = 20_240_915 &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private(set) var bids: [Order] = []
  private(set) var asks: [Order] = []

  /// Orders `first` … `first + count − 1`.
  init(first: Int = 0, count: Int) throws {
    let levels = UInt64(Self.retail - Self.feedIn + 1)
    for number in first..<first + count {
      let draws = (0..<5).map { Self.draw(UInt64(5 * number + $0)) }
      let (a, b) = (Int(draws[1] % levels), Int(draws[2] % levels))
      let isBid = draws[0] & 1 == 1
      let order = try Order(
        price: Price(units: Self.feedIn + (isBid ? max(a, b) : min(a, b))),
        energy: Energy(units: 10 + Int(draws[3] % 2_491)))
      if isBid { bids.append(order) } else { asks.append(order) }
    }
  }

  /// The tariffs that bound the prices.
  static func tariff() throws -> Tariff {
    try Tariff(feedIn: Price(units: feedIn), retail: Price(units: retail))
  }
}
