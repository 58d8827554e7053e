import Quantities

/// Pairs what bids get with what asks sell.
///
/// Pairing comes after pricing. Without preferences both merit orders are walked side by side. With them four rounds are
/// walked, each along the merit orders: wanted partners (the bids' wishes, then the asks'), wanted sources, the same
/// feeder, the rest.
public struct Pairing {
  private let bids: [Int]
  private let asks: [Int]
  private var bidLeft: [Int]
  private var askLeft: [Int]
  private var pairs: [Pair] = []

  /// The pairs of a cleared book, in the order in which they were found.
  ///
  /// - Parameters:
  ///   - bidFills: what each bid gets; its sum equals that of `askFills`.
  ///   - bidPreferences: one for each bid, or none at all; likewise for asks.
  public static func pairs(
    bids: [Order], asks: [Order], bidFills: [Energy], askFills: [Energy], bidPreferences: [Preference] = [],
    askPreferences: [Preference] = []
  ) -> [Pair] {
    var pairing = Pairing(
      bids: MeritOrder.of(bids: bids) { bidFills[$0] > .zero },
      asks: MeritOrder.of(asks: asks) { askFills[$0] > .zero },
      bidLeft: bidFills.map(\.units), askLeft: askFills.map(\.units))
    if !bidPreferences.isEmpty, !askPreferences.isEmpty {
      pairing.pairWanted(bidPreferences, askPreferences)
    }
    pairing.pairRest()
    return pairing.pairs
  }

  private init(bids: [Int], asks: [Int], bidLeft: [Int], askLeft: [Int]) {
    self.bids = bids
    self.asks = asks
    self.bidLeft = bidLeft
    self.askLeft = askLeft
  }

  private mutating func pairWanted(_ bidWishes: [Preference], _ askWishes: [Preference]) {
    pairByBid({ bidWishes[$0].partner }, { askWishes[$0].participant })
    pairByAsk({ askWishes[$0].partner }, { bidWishes[$0].participant })
    pairByBid({ bidWishes[$0].source }, { askWishes[$0].source })
    pairByBid({ bidWishes[$0].feeder }, { askWishes[$0].feeder })
  }

  /// Each bid in turn takes from the asks whose label is the one that it wants.
  private mutating func pairByBid(_ wanted: (Int) -> String?, _ label: (Int) -> String?) {
    var offers = Offers(asks, label)
    for bid in bids where bidLeft[bid] > 0 {
      guard let want = wanted(bid) else { continue }
      while bidLeft[bid] > 0, let ask = offers.first(want, left: askLeft) { pair(bid, ask) }
    }
  }

  /// Each ask in turn gives to the bids whose label is the one that it wants.
  private mutating func pairByAsk(_ wanted: (Int) -> String?, _ label: (Int) -> String?) {
    var offers = Offers(bids, label)
    for ask in asks where askLeft[ask] > 0 {
      guard let want = wanted(ask) else { continue }
      while askLeft[ask] > 0, let bid = offers.first(want, left: bidLeft) { pair(bid, ask) }
    }
  }

  private mutating func pairRest() {
    var next = 0
    for bid in bids {
      while bidLeft[bid] > 0 {
        while askLeft[asks[next]] == 0 { next += 1 }
        pair(bid, asks[next])
      }
    }
  }

  private mutating func pair(_ bid: Int, _ ask: Int) {
    let energy = min(bidLeft[bid], askLeft[ask])
    bidLeft[bid] -= energy
    askLeft[ask] -= energy
    pairs.append(Pair(buyer: bid, seller: ask, energy: Energy(wattHours: energy)))
  }
}

/// The orders of one side by a label, in merit order; those used up are passed over once and for all.
private struct Offers {
  private var positions: [String: [Int]] = [:]
  private var cursors: [String: Int] = [:]

  init(_ side: [Int], _ label: (Int) -> String?) {
    for position in side {
      if let label = label(position) { positions[label, default: []].append(position) }
    }
  }

  /// The best order labelled `label` that has energy left.
  mutating func first(_ label: String, left: [Int]) -> Int? {
    guard let candidates = positions[label] else { return nil }
    var cursor = cursors[label, default: 0]
    while cursor < candidates.count, left[candidates[cursor]] == 0 { cursor += 1 }
    cursors[label] = cursor
    return cursor < candidates.count ? candidates[cursor] : nil
  }
}
