import Encoding
import Market
import Quantities
import Testing

@Suite("A uniform price") struct UniformPriceTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  @Test func `clears a book whose last ask is partly filled`() throws {
    let clearing = try UniformPrice().clear(
      bids: orders("25000x1000 20000x500 12000x800"), asks: orders("10000x600 15000x1200 22000x500"), within: Self.day)
    #expect(clearing.volume.units == 1_500)
    #expect(clearing.price?.units == 15_000)
    #expect(clearing.range == Price(units: 15_000)...Price(units: 15_000))
    #expect(clearing.bidFills.wattHours == [1_000, 500, 0])
    #expect(clearing.askFills.wattHours == [600, 900, 0])
  }

  @Test func `serves a tie by time`() throws {
    let clearing = try UniformPrice(margin: .time).clear(
      bids: orders("20000x100 20000x100 20000x101"), asks: orders("12000x200"), within: Self.day)
    #expect(clearing.price?.units == 20_000)
    #expect(clearing.bidFills.wattHours == [100, 100, 0])
  }

  @Test func `serves a tie in proportion by default`() throws {
    let clearing = try UniformPrice().clear(
      bids: orders("20000x100 20000x100 20000x101"), asks: orders("12000x200"), within: Self.day)
    #expect(clearing.bidFills.wattHours == [67, 66, 67])
  }

  @Test func `trades nothing where no bid reaches an ask`() throws {
    let clearing = try UniformPrice().clear(bids: orders("14000x500"), asks: orders("15000x500"), within: Self.day)
    #expect(clearing.volume == .zero)
    #expect(clearing.price == nil)
    #expect(clearing.range == nil)
    #expect(clearing.bidFills == [.zero])
  }

  @Test(arguments: [("", ""), ("9000x1", ""), ("", "9000x1")])
  func `trades nothing on an empty side`(bids: String, asks: String) throws {
    let clearing = try UniformPrice().clear(bids: orders(bids), asks: orders(asks), within: Self.day)
    #expect(clearing.volume == .zero)
    #expect(clearing.bidFills.count + clearing.askFills.count == (bids + asks == "" ? 0 : 1))
  }

  @Test(arguments: [("0", 10_000), ("1/2", 14_999), ("1", 19_999), ("1/3", 13_333)])
  func `lies at k of its range`(k: String, price: Int) throws {
    let clearing = try UniformPrice(k: Ratio(k)).clear(
      bids: orders("19999x5"), asks: orders("10000x5"), within: Self.day)
    #expect(clearing.range == Price(units: 10_000)...Price(units: 19_999))
    #expect(clearing.price?.units == price)
  }

  @Test func `refuses an order outside the tariffs`() throws {
    for (bids, asks) in [("7999x1", "9000x1"), ("9000x1", "30001x1")] {
      #expect(throws: MarketError.self) {
        try UniformPrice().clear(bids: orders(bids), asks: orders(asks), within: Self.day)
      }
    }
  }

  @Test func `is defined over the whole range of prices and energies`() throws {
    let most = Energy.maximumPerSlot.units
    let highest = Price.maximum.units
    let clearing = try UniformPrice().clear(
      bids: orders("\(highest)x\(most) \(highest)x\(most) 1x1"), asks: orders("0x\(most) \(highest)x1"),
      within: tariff(0, highest))
    #expect(clearing.volume.units == most + 1)
    #expect(clearing.price?.units == highest)
    #expect(clearing.bidFills.wattHours == [most / 2 + 1, most / 2, 0])
  }

  @Test func `agrees with a search over all prices on every small book`() throws {
    let sides = try allSides(most: 3, prices: 1...3, energies: 1...2)
    let tariff = try tariff(1, 3)
    var failures = 0
    for bids in sides {
      for asks in sides {
        for rule in MarginRule.allCases {
          let clearing = try UniformPrice(margin: rule).clear(bids: bids, asks: asks, within: tariff)
          if !isRight(clearing, Reference(bids: bids, asks: asks, tariff: tariff), rule) { failures += 1 }
        }
      }
    }
    #expect(failures == 0)
  }

  @Test func `obeys its laws on random books`() throws {
    for seed in seeds() {
      let book = try RandomBook(seed: seed)
      let reference = Reference(bids: book.bids, asks: book.asks, tariff: book.tariff)
      for rule in MarginRule.allCases where book.tariff.retail.units - book.tariff.feedIn.units < 1_000 {
        let clearing = try UniformPrice(margin: rule).clear(bids: book.bids, asks: book.asks, within: book.tariff)
        #expect(isRight(clearing, reference, rule), "seed \(seed)")
      }
    }
  }

  @Test func `finds the same crossing in a wide range as in a narrow one`() throws {
    for seed in seeds(200) {
      let book = try RandomBook(seed: seed, most: 300)
      let spread = try tariff(0, Price.maximum.units)
      let narrow = try UniformPrice().clear(bids: book.bids, asks: book.asks, within: book.tariff)
      let wide = try UniformPrice().clear(bids: book.bids, asks: book.asks, within: spread)
      #expect(
        narrow.volume == wide.volume && narrow.bidFills == wide.bidFills && narrow.askFills == wide.askFills,
        "seed \(seed)")
    }
  }

  @Test func `clears a million orders at one price`() throws {
    let bid = try Order(price: Price(units: 9_000), energy: Energy(units: 3))
    let clearing = try UniformPrice().clear(
      bids: Array(repeating: bid, count: 500_000), asks: Array(repeating: bid, count: 499_999), within: Self.day)
    #expect(clearing.volume.units == 1_499_997)
    #expect(clearing.price?.units == 9_000)
    #expect(clearing.bidFills.wattHours.reduce(0, +) == 1_499_997)
    #expect(clearing.bidFills.wattHours.min() == 2)
  }

  /// Volume, range and fills are what the definition says.
  func isRight(_ clearing: UniformClearing, _ reference: Reference, _ rule: MarginRule) -> Bool {
    guard clearing.volume.units == reference.volume else { return false }
    guard clearing.bidFills.wattHours == reference.fills(reference.bids, best: >, rule: rule),
      clearing.askFills.wattHours == reference.fills(reference.asks, best: <, rule: rule)
    else { return false }
    guard let range = clearing.range, let price = clearing.price else { return reference.volume == 0 }
    let supporting = reference.prices.filter { reference.supports($0, clearing) }
    return reference.volume > 0 && supporting == Array(range.lowerBound.units...range.upperBound.units)
      && price.units == (range.lowerBound.units + range.upperBound.units) / 2
  }
}
