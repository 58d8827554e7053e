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

  /// What is left of an order in this slot.
  struct StandingOrder: Sendable {
    var order: OrderID
    var member: Int
    var limit: Order
  }

  /// One side of the slot's order book, in order of acceptance.
  struct BookSide: Sendable {
    private(set) var orders: [StandingOrder] = []
    /// The sum over all orders in Wh.
    private(set) var energy = 0

    mutating func append(_ order: StandingOrder) {
      orders.append(order)
      energy += order.limit.energy.units
    }

    mutating func remove(_ order: OrderID) {
      energy -= orders.reduce(0) { $1.order == order ? $0 + $1.limit.energy.units : $0 }
      orders.removeAll { $0.order == order }
    }

    /// Takes what was traded off the orders; those that are filled leave.
    mutating func take(_ fills: [Energy]) {
      orders = zip(orders, fills).compactMap { order, fill in
        energy -= fill.units
        let rest = Energy(units: order.limit.energy.units - fill.units)
        guard let limit = try? Order(price: order.limit.price, energy: rest) else { return nil }
        return StandingOrder(order: order.order, member: order.member, limit: limit)
      }
    }
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
  /// By the member's number.
  var positions: TreeDictionary<Int, Position> = [:]
  /// Net energy metered (exports positive), by the member's number.
  var metered: TreeDictionary<Int, Int> = [:]
  /// The meters that were read.
  var meters: TreeSet<DeviceID> = []
  /// The orders of which this is the last slot.
  var ending: [OrderID] = []

  init(tariff: Tariff) { self.tariff = tariff }

  /// The price at which deviations are shared: the clearing price, else the broadcast price, else the mid-market rate.
  var imbalancePrice: Price { price ?? forecast ?? tariff.midMarketRate }

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
    phase = .open
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
