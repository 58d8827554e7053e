import Market
import Quantities
import Testing

@Suite("A pairing") struct PairingTests {
  static var day: Tariff { get throws { try tariff(8_000, 30_000) } }

  private func pairs(
    _ bids: String, _ asks: String, _ buyers: [Preference] = [], _ sellers: [Preference] = []
  ) throws -> [[Int]] {
    let (bids, asks) = (try orders(bids), try orders(asks))
    let clearing = try UniformPrice().clear(bids: bids, asks: asks, within: try Self.day)
    return clearing.trades(bids: bids, asks: asks, bidPreferences: buyers, askPreferences: sellers)
      .map { [$0.buyer, $0.seller, $0.energy.units] }
  }

  @Test func `walks both merit orders where nobody minds`() throws {
    let found = try pairs("25000x1000 20000x500 12000x800", "10000x600 15000x1200 22000x500")
    #expect(found == [[0, 0, 600], [0, 1, 400], [1, 1, 500]])
  }

  @Test func `puts partners first, then sources, then feeders`() throws {
    let buyers = [
      Preference(participant: "a", feeder: "f1"), Preference(participant: "b", source: "solar"),
      Preference(participant: "c", partner: "z"),
    ]
    let sellers = [
      Preference(participant: "x", source: "wind", feeder: "f1"), Preference(participant: "y", source: "solar"),
      Preference(participant: "z", source: "solar"),
    ]
    let found = try pairs("20000x5 20000x5 20000x5", "10000x5 10000x5 10000x5", buyers, sellers)
    #expect(found == [[2, 2, 5], [1, 1, 5], [0, 0, 5]])
  }

  @Test func `honours a seller's partner`() throws {
    let buyers = [Preference(participant: "a"), Preference(participant: "b")]
    let sellers = [Preference(participant: "x", partner: "b")]
    #expect(try pairs("20000x5 20000x5", "10000x6", buyers, sellers).first == [1, 0, 3])
  }

  @Test func `never touches volume, price or fills`() throws {
    let labels = ["a", "b", "c", nil]
    for seed in seeds() {
      let book = try RandomBook(seed: seed)
      var generator = SeededGenerator(seed: seed)
      func wishes(_ count: Int) -> [Preference] {
        (0..<count).map { _ in
          Preference(
            participant: labels.randomElement(using: &generator)!, partner: labels.randomElement(using: &generator)!,
            source: labels.randomElement(using: &generator)!, feeder: labels.randomElement(using: &generator)!)
        }
      }
      let clearing = try UniformPrice().clear(bids: book.bids, asks: book.asks, within: book.tariff)
      let trades = clearing.trades(
        bids: book.bids, asks: book.asks, bidPreferences: wishes(book.bids.count),
        askPreferences: wishes(book.asks.count))
      var bought = book.bids.map { _ in 0 }
      var sold = book.asks.map { _ in 0 }
      for trade in trades {
        bought[trade.buyer] += trade.energy.units
        sold[trade.seller] += trade.energy.units
        #expect(trade.energy > .zero && trade.price == clearing.price, "seed \(seed)")
      }
      #expect(bought == clearing.bidFills.wattHours && sold == clearing.askFills.wattHours, "seed \(seed)")
    }
  }
}
