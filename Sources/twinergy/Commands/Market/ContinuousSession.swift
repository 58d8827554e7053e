import Market
import Quantities

/// A file's orders sent to a continuous market in the order of the file.
struct ContinuousSession {
  private let events: [BookEvent]

  /// Sends all orders.
  static func run(_ file: OrderFile, within tariff: Tariff) throws -> ContinuousSession {
    var book = OrderBook(within: tariff, capacity: file.requests.count)
    var events: [BookEvent] = []
    for request in file.requests { try book.submit(request, &events) }
    return ContinuousSession(events: events)
  }

  /// What came of it.
  func report(_ file: OrderFile) -> ClearingReport {
    var places: [BookOrderID: Int] = [:]
    var sidePositions = Array(repeating: 0, count: file.ids.count)
    for (position, place) in file.bids.places.enumerated() { sidePositions[place] = position }
    for (position, place) in file.asks.places.enumerated() { sidePositions[place] = position }
    var bidFills = Array(repeating: 0, count: file.bids.orders.count)
    var askFills = Array(repeating: 0, count: file.asks.orders.count)
    var trades: [Trade] = []
    for event in events {
      switch event {
      case .accepted(let id): places[id] = places.count
      case .traded(let resting, let incoming, let energy, let price):
        let (first, second) = (places[resting]!, places[incoming]!)
        let (bid, ask) = file.requests[first].side == .bid ? (first, second) : (second, first)
        bidFills[sidePositions[bid]] += energy.units
        askFills[sidePositions[ask]] += energy.units
        let pair = Pair(buyer: sidePositions[bid], seller: sidePositions[ask], energy: energy)
        trades.append(pair.trade(at: price))
      case .rested, .cancelled, .level: continue
      }
    }
    return ClearingReport(
      mechanism: .continuous, volume: Energy(units: bidFills.reduce(0, +)),
      bidFills: bidFills.map { Energy(units: $0) }, askFills: askFills.map { Energy(units: $0) }, trades: trades)
  }
}
