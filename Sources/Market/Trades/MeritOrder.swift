import Quantities

/// Orders by merit: bids by falling price, asks by rising price, equal prices by time.
enum MeritOrder {
  /// The positions of the bids for which `include` holds, the dearest first.
  static func of(bids: [Order], where include: (Int) -> Bool = { _ in true }) -> [Int] {
    bids.indices.filter(include).sorted { a, b in
      bids[a].price == bids[b].price ? a < b : bids[a].price > bids[b].price
    }
  }

  /// The positions of the asks for which `include` holds, the cheapest first.
  static func of(asks: [Order], where include: (Int) -> Bool = { _ in true }) -> [Int] {
    asks.indices.filter(include).sorted { a, b in
      asks[a].price == asks[b].price ? a < b : asks[a].price < asks[b].price
    }
  }
}
