import Market
import Quantities

/// `continuous`: a stream of new orders, cancellations and replacements on 1,000 price levels.
///
/// Request k is drawn from the counter hash alone, so that any other book can be given the same stream: six of ten are
/// new orders, three cancel and one replaces the order of one of the 20,000 requests before it.
enum MarketContinuous {
  /// Requests a second of the latency measurement.
  static let rate = 500_000

  static func rows(_ requests: Int) throws -> [Figure] {
    var best = Double.infinity
    var replay = try Replay(requests)
    for _ in 0..<3 {
      replay = try Replay(requests)
      let span = try Timing.span { for number in 0..<requests { try replay.request(number) } }
      best = min(best, span.processorSeconds)
    }
    let latencies = try latencies(requests).sorted()
    func row(_ measure: String, _ value: Double, _ unit: String) -> Figure {
      Figure("continuous", "levels=1000 rate=\(rate)", measure, value, unit)
    }
    return [
      row("throughput", Double(requests) / best, "1/s"), row("trades", Double(replay.trades), "1"),
      row("volume", Double(replay.volume), "Wh"), row("resting", Double(replay.book.resting), "1"),
      row("p50", Double(latencies[requests / 2]), "ns"), row("p99", Double(latencies[requests * 99 / 100]), "ns"),
      row("p99.9", Double(latencies[requests * 999 / 1_000]), "ns"),
    ]
  }

  /// The time from when each request was due to when it was done, so that a stall counts for all that waited.
  private static func latencies(_ requests: Int) throws -> [Int] {
    var replay = try Replay(requests)
    var latencies = Array(repeating: 0, count: requests)
    let start = Timing.now() + 1_000_000
    for number in 0..<requests {
      let due = start + number * (1_000_000_000 / rate)
      while Timing.now() < due {}
      try replay.request(number)
      latencies[number] = Timing.now() - due
    }
    return latencies
  }

  private struct Replay {
    var book: OrderBook
    var ids: [BookOrderID?]
    var events: [BookEvent] = []
    var trades = 0
    var volume = 0

    init(_ requests: Int) throws {
      let tariff = try Tariff(feedIn: .zero, retail: Price(units: 999))
      book = OrderBook(within: tariff, capacity: requests)
      ids = Array(repeating: nil, count: requests)
      events.reserveCapacity(10_000)
    }

    mutating func request(_ number: Int) throws {
      func draw(_ place: Int) -> Int { Int(MarketOrders.draw(UInt64(number * 6 + place)) >> 1) }
      events.removeAll(keepingCapacity: true)
      let kind = draw(0) % 10
      let isBid = draw(1) & 1 == 1
      let depth = min(draw(2) % 520, draw(5) % 520)
      let order = try Order(
        price: Price(units: isBid ? 519 - depth : 480 + depth), energy: Energy(units: 10 + draw(3) % 2_491))
      let earlier = number - 1 - draw(4) % 20_000
      if kind < 6 {
        ids[number] = try book.submit(BookOrder(isBid ? .bid : .ask, order, owner: number), &events)
      } else if earlier >= 0, let id = ids[earlier], book.energy(of: id) != nil {
        if kind < 9 {
          try book.cancel(id, &events)
        } else {
          ids[earlier] = try book.replace(id, with: order, &events)
        }
      }
      for case .traded(_, _, let energy, _) in events {
        trades += 1
        volume += energy.units
      }
    }
  }
}
