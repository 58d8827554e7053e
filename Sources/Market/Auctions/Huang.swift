import Quantities

/// Huang's multi-unit double auction, in which naming another price than one's own never helps (Huang, Scheller-Wolf &
/// Sycara 2002).
///
/// The last accepted bid and the last accepted ask stand aside and set the prices: the buyers before that bid pay it, the
/// sellers before that ask get it, and the operator keeps the difference. The longer side sheds what it has too much,
/// each order the same energy but never more than its own; Wh that do not divide are shed by the later orders.
public enum Huang {
  /// Clears one slot's book.
  ///
  /// - Throws: `price_out_of_bounds` where a price is outside `tariff`.
  public static func clear(bids: [Order], asks: [Order], within tariff: Tariff) throws(MarketError) -> SplitClearing {
    let accepted = try UniformPrice(margin: .time).clear(bids: bids, asks: asks, within: tariff)
    let buyers = MeritOrder.of(bids: bids) { accepted.bidFills[$0] > .zero }
    let sellers = MeritOrder.of(asks: asks) { accepted.askFills[$0] > .zero }
    guard let marginalBid = buyers.last, let marginalAsk = sellers.last else {
      return SplitClearing(nothingFor: bids.count, and: asks.count)
    }
    var bidFills = bids.map { _ in 0 }
    var askFills = asks.map { _ in 0 }
    for position in buyers.dropLast() { bidFills[position] = bids[position].energy.units }
    for position in sellers.dropLast() { askFills[position] = asks[position].energy.units }
    let excess = bidFills.reduce(0, +) - askFills.reduce(0, +)
    shed(max(excess, 0), from: &bidFills)
    shed(max(-excess, 0), from: &askFills)
    return try SplitClearing(
      buyerPays: bids[marginalBid].price, sellerGets: asks[marginalAsk].price, bidFills: bidFills, askFills: askFills)
  }

  /// Takes `excess` from the fills in equal parts, none below zero.
  private static func shed(_ excess: Int, from fills: inout [Int]) {
    guard excess > 0 else { return }
    let small = fills.indices.filter { fills[$0] > 0 }.sorted { (fills[$0], $0) < (fills[$1], $1) }
    var left = excess
    var remaining = small[...]
    while let position = remaining.first, fills[position] * remaining.count <= left {
      left -= fills[position]
      fills[position] = 0
      remaining.removeFirst()
    }
    guard !remaining.isEmpty else { return }
    let (each, odd) = left.quotientAndRemainder(dividingBy: remaining.count)
    for (rank, position) in remaining.sorted(by: >).enumerated() { fills[position] -= each + (rank < odd ? 1 : 0) }
  }
}
