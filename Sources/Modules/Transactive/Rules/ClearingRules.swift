import Encoding
import Kernel
import Market
import Quantities

/// Gate closure and clearing.
extension LocalMarket {
  func check(_ event: GateClosed, in context: Context) throws(Rejection) {
    try context.require(.operator)
    for slot in event.slots {
      let state = try state(slot)
      switch state.phase {
      case .open where state.rounds < Self.maximumRounds: continue
      case .open: throw Rejection(.conflict, "too_many_rounds", "slot \(slot) was cleared \(Self.maximumRounds) times")
      case .gated: throw Rejection(.conflict, "gate_closed", "the gate of slot \(slot) is closed already")
      case .settled: throw Self.isSettled(slot)
      }
    }
  }

  func check(_ event: MarketCleared, in context: Context) throws(Rejection) {
    try context.require(.operator)
    let right = try result(event.lem, event.slots)
    for (position, slot) in event.slots.enumerated()
    where event.prices[position] != right.prices[position] || event.volumes[position] != right.volumes[position] {
      throw Rejection(
        .invalid, "clearing_wrong",
        "slot \(slot) clears \(right.volumes[position]) at \(right.prices[position].map(String.init) ?? "no price"), "
          + "not \(event.volumes[position]) at \(event.prices[position].map(String.init) ?? "no price")")
    }
    guard event.priceHash == right.priceHash else {
      throw Rejection(.invalid, "price_hash_wrong", "the hash of the prices is \(right.priceHash)")
    }
  }

  /// The right result of clearing `range`: what an operator announces and a validator compares.
  public func result(_ lem: LEMID, _ range: SlotRange) throws(Rejection) -> MarketCleared {
    var volumes: [Energy] = []
    var prices: [Price?] = []
    for slot in range {
      let state = try state(slot)
      guard state.phase == .gated else {
        throw Rejection(.conflict, "gate_open", "the gate of slot \(slot) is not closed")
      }
      let clearing = try Self.clear(state, terms)
      volumes.append(clearing.volume)
      prices.append(clearing.price)
    }
    do {
      return try MarketCleared(lem: lem, first: range.first, volumes: volumes, prices: prices)
    } catch {
      throw Rejection(error)
    }
  }

  private static func clear(_ state: SlotState, _ terms: Terms) throws(Rejection) -> UniformClearing {
    do {
      return try state.clear(terms.auction)
    } catch {
      throw Rejection(.invalid, error.code, error.sentence)
    }
  }
}

extension LocalMarket {
  mutating func closeGate(_ range: SlotRange) {
    for slot in range { slots[known: slot].phase = .gated }
  }

  /// Clears `range`. What is left of an order whose party's account was closed meanwhile leaves the book.
  mutating func clear(_ range: SlotRange) {
    let members = members
    for slot in range {
      guard let clearing = try? slots[known: slot].clear(terms.auction) else {
        preconditionFailure("slot \(slot) was cleared when it was checked and cannot be now")
      }
      slots[known: slot].accept(clearing)
      slots[known: slot].bids.removeAll { !members[$0.member].isOpen }
      slots[known: slot].asks.removeAll { !members[$0.member].isOpen }
    }
  }
}
