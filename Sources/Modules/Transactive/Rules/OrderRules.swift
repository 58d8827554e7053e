import Kernel
import Market
import Quantities

/// Tariffs, forecasts and orders.
extension LocalMarket {
  /// The most orders that one side of one slot holds.
  public static let maximumOrders = 100_000
  /// The most energy that one side of one slot's book holds, and that all meters of a slot measure: 1 GWh. With
  /// ``Price/maximum`` and ``maximumRounds`` it keeps every sum of money in a slot within 64 bits, so that whatever was
  /// accepted can be settled.
  public static let maximumSlotEnergy = Energy(wattHours: 1_000_000_000)
  /// The most times that one slot is cleared.
  public static let maximumRounds = 64
  /// The furthest ahead of the block's time that a tariff may reach, in slots: 400 days.
  public static let horizon = 400 * 96

  func check(_ event: TariffPublished, in context: Context) throws(Rejection) {
    try context.require(.dso)
    guard event.slots.last.start.milliseconds - context.time.milliseconds <= Self.horizon * Slot.milliseconds else {
      throw Rejection(.invalid, "tariff_too_early", "\(event.slots.last) is more than 400 days ahead")
    }
    for slot in event.slots where slots[slot] != nil {
      throw Rejection(.conflict, "tariff_exists", "the tariff of slot \(slot) is published already")
    }
  }

  func check(_ event: PriceForecast, in context: Context) throws(Rejection) {
    try context.require(.operator)
    for (slot, price) in zip(event.slots, event.prices) {
      let state = try state(slot)
      guard state.phase != .settled else { throw Self.isSettled(slot) }
      guard context.time < slot.start else {
        throw Rejection(.conflict, "forecast_late", "slot \(slot) has begun, so its price cannot be forecast")
      }
      try Self.requireBounds(price, state.tariff, slot)
    }
  }

  func check(_ event: OrderPlaced, in context: Context) throws(Rejection) {
    try context.require(speakerFor: event.party, or: .gateway)
    try context.registry.requireActive(event.party)
    _ = try openMember(event.party)
    guard placements[event.order] == nil else {
      throw Rejection(.conflict, "order_exists", "there is an order \(event.order) already")
    }
    var isEmpty = true
    for position in event.slots.indices where event.energies[position] > .zero {
      isEmpty = false
      try checkOrder(event, position, at: context.time)
    }
    guard !isEmpty else { throw Rejection(.invalid, "order_empty", "the order has energy in no slot") }
  }

  private func checkOrder(_ event: OrderPlaced, _ position: Int, at time: Instant) throws(Rejection) {
    let slot = event.slots[position]
    guard let terms = slots.terms(slot, event.side) else { throw Self.isUnknown(slot) }
    guard terms.isOpen, time < deadline(slot) else {
      throw Rejection(.conflict, "gate_closed", "slot \(slot) takes no orders any more")
    }
    try Self.requireBounds(event.prices[position], terms.tariff, slot)
    guard terms.orders < Self.maximumOrders,
      terms.energy + event.energies[position].units <= Self.maximumSlotEnergy.units
    else {
      throw Rejection(
        .conflict, "book_full",
        "slot \(slot) holds at most \(Self.maximumOrders) orders and \(Self.maximumSlotEnergy) on that side")
    }
  }

  func check(_ event: OrderCancelled, in context: Context) throws(Rejection) {
    try context.require(speakerFor: event.party, or: .gateway)
    guard let placement = placements[event.order], members[placement.member].party == event.party else {
      throw Rejection(.unknown, "order_unknown", "\(event.party) has no order \(event.order)")
    }
    let isStanding = placement.slots.contains { slot in
      guard let state = slots[slot], state.phase == .open else { return false }
      return state.side(placement.side).contains(placement.number)
    }
    guard isStanding else {
      throw Rejection(.conflict, "gate_closed", "nothing of order \(event.order) can be withdrawn any more")
    }
  }

  func state(_ slot: Slot) throws(Rejection) -> SlotState {
    guard let state = slots[slot] else { throw Self.isUnknown(slot) }
    return state
  }

  private static func isUnknown(_ slot: Slot) -> Rejection {
    Rejection(.unknown, "tariff_unknown", "no tariff is published for slot \(slot)")
  }

  static func isSettled(_ slot: Slot) -> Rejection {
    Rejection(.conflict, "slot_settled", "slot \(slot) is settled")
  }

  private static func requireBounds(_ price: Price, _ tariff: Tariff, _ slot: Slot) throws(Rejection) {
    guard tariff.contains(price) else {
      throw Rejection(
        .invalid, "price_out_of_bounds",
        "\(price) in slot \(slot) is not between feed-in \(tariff.feedIn) and retail \(tariff.retail)")
    }
  }
}

extension LocalMarket {
  mutating func publish(_ event: TariffPublished) {
    for (slot, tariff) in zip(event.slots, event.tariffs) { slots[slot] = SlotState(tariff: tariff) }
  }

  mutating func forecast(_ event: PriceForecast) {
    for (slot, price) in zip(event.slots, event.prices) { slots[known: slot].forecast = price }
  }

  mutating func place(_ event: OrderPlaced) {
    let member = numbers[event.party]!
    for (position, slot) in event.slots.enumerated() {
      let energy = event.energies[position]
      // Energy 0 is no order; every other value passed the check.
      guard energy > .zero, let limit = try? Order(price: event.prices[position], energy: energy) else { continue }
      slots[known: slot].append(StandingOrder(number: placed, member: member, limit: limit), event.side)
    }
    placements[event.order] = Placement(number: placed, member: member, side: event.side, slots: event.slots)
    placed += 1
    let last = event.slots.last { event.energies[event.slots.first.distance(to: $0)] > .zero }!
    slots[known: last].ending.append(event.order)
  }

  mutating func cancel(_ order: OrderID) {
    let placement = placements[order]!
    for slot in placement.slots where slots[slot]?.phase == .open {
      slots[known: slot].remove(placement.number, placement.side)
    }
  }

  /// Forgets the orders that ended with a slot just settled, unless an earlier slot of one is still to be settled.
  mutating func end(_ orders: [OrderID]) {
    // Most orders of a day cover the same slots.
    var open: (of: SlotRange, last: Slot?)?
    for order in orders {
      let range = placements[order]!.slots
      if open?.of != range { open = (range, range.last { slots[$0].map { $0.phase != .settled } ?? false }) }
      if let last = open?.last { slots[known: last].ending.append(order) } else { placements[order] = nil }
    }
  }
}

extension SlotState {
  func side(_ side: Side) -> BookSide { side == .bid ? bids : asks }

  mutating func append(_ order: StandingOrder, _ side: Side) {
    switch side {
    case .bid: bids.append(order)
    case .ask: asks.append(order)
    }
    hasNewOrders = true
  }

  mutating func remove(_ number: Int, _ side: Side) {
    switch side {
    case .bid: bids.remove(number)
    case .ask: asks.remove(number)
    }
  }
}
