import Market
import Quantities
import Testing

/// A book whose prices are the traders' true values.
struct TruthfulBook {
  typealias Mechanism = (_ bids: [Order], _ asks: [Order]) throws -> SplitClearing

  let bids: [Order]
  let asks: [Order]
  let prices: ClosedRange<Int>
  let mechanism: Mechanism

  /// Whether some trader gains by naming another price.
  func isManipulable() throws -> Bool {
    let honest = try mechanism(bids, asks)
    for position in bids.indices {
      for price in prices {
        var lie = bids
        lie[position] = try Order(price: Price(units: price), energy: bids[position].energy)
        if buyerGain(try mechanism(lie, asks), position) > buyerGain(honest, position) { return true }
      }
    }
    for position in asks.indices {
      for price in prices {
        var lie = asks
        lie[position] = try Order(price: Price(units: price), energy: asks[position].energy)
        if sellerGain(try mechanism(bids, lie), position) > sellerGain(honest, position) { return true }
      }
    }
    return false
  }

  private func buyerGain(_ clearing: SplitClearing, _ position: Int) -> Int {
    clearing.bidFills[position].units * (bids[position].price.units - (clearing.buyerPays?.units ?? 0))
  }

  private func sellerGain(_ clearing: SplitClearing, _ position: Int) -> Int {
    clearing.askFills[position].units * ((clearing.sellerGets?.units ?? 0) - asks[position].price.units)
  }

  /// Whether energy and money balance and nobody does worse than by staying away.
  func isSound() throws -> Bool {
    let clearing = try mechanism(bids, asks)
    let bought = clearing.bidFills.wattHours.reduce(0, +)
    guard bought == clearing.volume.units, clearing.askFills.wattHours.reduce(0, +) == bought else { return false }
    guard let pays = clearing.buyerPays, let gets = clearing.sellerGets else {
      return bought == 0 && clearing.operatorKeeps == .zero
    }
    return gets <= pays && clearing.operatorKeeps.units == bought * (pays.units - gets.units)
      && bids.indices.allSatisfy { buyerGain(clearing, $0) >= 0 && clearing.bidFills[$0] <= bids[$0].energy }
      && asks.indices.allSatisfy { sellerGain(clearing, $0) >= 0 && clearing.askFills[$0] <= asks[$0].energy }
  }
}

@Suite("McAfee's auction") struct McAfeeTests {
  static func clear(_ bids: [Order], _ asks: [Order]) throws -> SplitClearing {
    try McAfee.clear(bids: bids, asks: asks, within: try tariff(0, 30_000))
  }

  @Test func `trades all efficient pairs at the middle where it can`() throws {
    let clearing = try Self.clear(
      orders("25000x1 23000x1 20000x1 17000x1"), orders("10000x1 14000x1 18000x1 21000x1"))
    #expect(clearing.volume.units == 3)
    #expect(clearing.buyerPays?.units == 19_000)
    #expect(clearing.sellerGets?.units == 19_000)
    #expect(clearing.operatorKeeps == .zero)
  }

  @Test func `drops the last pair where the middle does not suit it`() throws {
    let clearing = try Self.clear(orders("25000x5 20000x5"), orders("10000x5 14000x5"))
    #expect(clearing.volume.units == 5)
    #expect(clearing.buyerPays?.units == 20_000)
    #expect(clearing.sellerGets?.units == 14_000)
    #expect(clearing.operatorKeeps.units == 30_000)
    #expect(clearing.bidFills.wattHours == [5, 0])
  }

  @Test func `trades nothing with a single pair`() throws {
    #expect(try Self.clear(orders("25000x5"), orders("10000x5")).volume == .zero)
  }

  @Test func `refuses orders of different energy`() {
    #expect(throws: MarketError.self) { try Self.clear(orders("25000x5"), orders("10000x6")) }
  }

  @Test func `rewards no lie in any small book`() throws {
    let sides = try allSides(most: 3, prices: 1...3, energies: 1...1)
    for bids in sides {
      for asks in sides {
        let book = TruthfulBook(bids: bids, asks: asks, prices: 0...4, mechanism: Self.clear)
        #expect(try book.isSound() && !book.isManipulable(), "\(bids) \(asks)")
      }
    }
  }

  @Test func `rewards no lie in random books`() throws {
    for seed in seeds(300) {
      let book = try RandomBook(seed: seed, most: 6)
      func unit(_ side: [Order]) throws -> [Order] {
        try side.map { try Order(price: Price(units: $0.price.units % 12), energy: Energy(units: 7)) }
      }
      let truthful = TruthfulBook(
        bids: try unit(book.bids), asks: try unit(book.asks), prices: 0...12, mechanism: Self.clear)
      #expect(try truthful.isSound() && !truthful.isManipulable(), "seed \(seed)")
    }
  }
}

@Suite("Huang's auction") struct HuangTests {
  static func clear(_ bids: [Order], _ asks: [Order]) throws -> SplitClearing {
    try Huang.clear(bids: bids, asks: asks, within: try tariff(0, 30_000))
  }

  @Test func `sets its prices by the marginal pair, which stands aside`() throws {
    let clearing = try Self.clear(
      orders("25000x1000 20000x500 12000x800"), orders("10000x600 15000x1200 22000x500"))
    #expect(clearing.buyerPays?.units == 20_000)
    #expect(clearing.sellerGets?.units == 15_000)
    #expect(clearing.bidFills.wattHours == [600, 0, 0])
    #expect(clearing.askFills.wattHours == [600, 0, 0])
    #expect(clearing.operatorKeeps.units == 600 * 5_000)
  }

  @Test func `sheds equally from the longer side, the later orders first`() throws {
    let clearing = try Self.clear(orders("9x10 9x10 9x2 9x10 5x10"), orders("1x19 2x20"))
    #expect(clearing.bidFills.wattHours == [7, 6, 0, 6, 0])
    #expect(clearing.askFills.wattHours == [19, 0])
  }

  @Test func `rewards no lie in any small book`() throws {
    let sides = try allSides(most: 2, prices: 1...3, energies: 1...3)
    for bids in sides {
      for asks in sides {
        let book = TruthfulBook(bids: bids, asks: asks, prices: 0...4, mechanism: Self.clear)
        #expect(try book.isSound() && !book.isManipulable(), "\(bids) \(asks)")
      }
    }
  }

  @Test func `rewards no lie in random books`() throws {
    for seed in seeds(300) {
      let book = try RandomBook(seed: seed, most: 6)
      func near(_ side: [Order]) throws -> [Order] {
        try side.map { try Order(price: Price(units: $0.price.units % 12), energy: $0.energy) }
      }
      let truthful = TruthfulBook(
        bids: try near(book.bids), asks: try near(book.asks), prices: 0...12, mechanism: Self.clear)
      #expect(try truthful.isSound() && !truthful.isManipulable(), "seed \(seed)")
    }
  }
}
