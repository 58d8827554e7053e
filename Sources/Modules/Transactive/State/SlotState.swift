import HashTreeCollections
import Market
import Quantities

/// One slot of a LEM on its way from tariff to settlement.
struct SlotState: Sendable {
  /// Where the slot stands.
  enum Phase: String, Sendable {
    /// Takes orders until its deadline.
    case open
    /// Its books stand still until they are cleared.
    case gated
    /// It is paid; nothing changes any more.
    case settled
  }

  /// What a member has traded in this slot: sold positive, bought negative.
  struct Position: Sendable {
    /// Energy sold, less energy bought.
    var energy = 0
    /// Money to receive for it, less money to pay.
    var money = 0
  }

  var tariff: Tariff
  var phase = Phase.open
  var bids = BookSide()
  var asks = BookSide()
  /// The last clearing price.
  var price: Price?
  /// The price that was broadcast before.
  var forecast: Price?
  /// How many times it was cleared.
  var rounds = 0
  /// Whether orders came since it was cleared last.
  var hasNewOrders = false
  /// By the member's number.
  var positions: TreeDictionary<Int, Position> = [:]
  /// Net energy metered (exports positive), by the member's number.
  var metered: TreeDictionary<Int, Int> = [:]
  /// The meters that were read.
  var meters: TreeSet<DeviceID> = []
  /// All that they measured, imports and exports, in Wh.
  var throughput = 0
  /// The orders of which this is the last slot.
  var ending: [OrderID] = []

  init(tariff: Tariff) { self.tariff = tariff }

  /// The price at which deviations are shared: the clearing price, else the broadcast price, else the mid-market rate.
  var imbalancePrice: Price { price ?? forecast ?? tariff.midMarketRate }

  /// The numbers of the members that traded or were metered in it, rising.
  var parties: [Int] { (Array(positions.keys) + metered.keys.filter { positions[$0] == nil }).sorted() }

  /// Whether nothing that was ordered waits for an auction.
  var isCleared: Bool { phase == .open && (!hasNewOrders || bids.orders.isEmpty && asks.orders.isEmpty) }

  /// The auction over the standing orders.
  func clear(_ auction: UniformPrice) throws(MarketError) -> UniformClearing {
    try auction.clear(bids: bids.orders.map(\.limit), asks: asks.orders.map(\.limit), within: tariff)
  }

  /// Books the auction's result and opens the slot for another round.
  mutating func accept(_ clearing: UniformClearing) {
    if let price = clearing.price {
      self.price = price
      book(asks.orders, clearing.askFills, price, sign: 1)
      book(bids.orders, clearing.bidFills, price, sign: -1)
      asks.take(clearing.askFills)
      bids.take(clearing.bidFills)
    }
    rounds += 1
    (phase, hasNewOrders) = (.open, false)
  }

  private mutating func book(_ orders: [StandingOrder], _ fills: [Energy], _ price: Price, sign: Int) {
    for (order, fill) in zip(orders, fills) where fill > .zero {
      positions[order.member, default: Position()].energy += sign * fill.units
      positions[order.member, default: Position()].money += sign * fill.units * price.units
    }
  }

  /// What the slot keeps once it is paid.
  func settled() -> SlotState {
    var state = SlotState(tariff: tariff)
    (state.phase, state.price, state.forecast, state.rounds) = (.settled, price, forecast, rounds)
    return state
  }
}
