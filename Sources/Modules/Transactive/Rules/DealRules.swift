import Kernel
import Quantities

extension DealOffered: MarketEvent {
  /// Refuses members without an account, a slot that has begun or is settled, and a price that the tariffs do not allow.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(speakerFor: seller, or: .gateway)
    _ = try market.openMember(seller)
    guard seller != buyer, market.member(buyer)?.isOpen == true else {
      throw Rejection(.invalid, "destination_unknown", "Transaction destination unknown: \(buyer)")
    }
    if let device {
      guard try context.registry.requireDevice(device).owners.contains(seller) else {
        throw Rejection(.unknown, "device_prosumer_relation_unknown", "\(seller) owns no part of \(device)")
      }
    }
    guard market.dealings.offers[deal] == nil else {
      throw Rejection(.conflict, "deal_exists", "there is an offer \(deal) already")
    }
    guard market.dealings.offers.count < Dealings.maximumOffers else {
      throw Rejection(.conflict, "offers_full", "\(Dealings.maximumOffers) offers wait for their buyers already")
    }
    try market.check(self, at: context.time)
  }

  /// The offer waits; those for slots that have begun are forgotten.
  public func apply(to market: inout LocalMarket, in context: Context) {
    market.dealings.offers.removeAll { $0.slot.start <= context.time }
    market.dealings.offers.put(self)
  }
}

extension DealAccepted: MarketEvent {
  /// The buyer accepts; refuses an offer that is unknown, and one that is not possible any more.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    guard let offer = market.dealings.offers[deal] else {
      throw Rejection(.unknown, "deal_unknown", "there is no offer \(deal)")
    }
    try context.require(speakerFor: offer.buyer, or: .gateway)
    _ = try market.openMember(offer.seller)
    _ = try market.openMember(offer.buyer)
    try market.check(offer, at: context.time)
  }

  /// The trade is firm: it is settled with those of the auction.
  public func apply(to market: inout LocalMarket, in context: Context) {
    let offer = market.dealings.offers[deal]!
    market.dealings.offers[deal] = nil
    market.trade(offer)
  }
}

extension LocalMarket {
  fileprivate func check(_ offer: DealOffered, at time: Instant) throws(Rejection) {
    let state = try state(offer.slot)
    guard state.phase != .settled else { throw Self.isSettled(offer.slot) }
    guard time < offer.slot.start else {
      throw Rejection(.conflict, "gate_closed", "slot \(offer.slot) has begun at \(time)")
    }
    guard state.tariff.contains(offer.price) else {
      throw Rejection(
        .invalid, "price_out_of_bounds",
        "\(offer.price) in slot \(offer.slot) is not between feed-in \(state.tariff.feedIn) and retail "
          + "\(state.tariff.retail)")
    }
    let dealt = dealings.dealt[offer.slot.number]?.energy ?? 0
    guard offer.energy > .zero, dealt + offer.energy.wattHours <= Self.maximumSlotEnergy.wattHours else {
      throw Rejection(
        .invalid, "deal_invalid", "a deal has energy, and all of a slot at most \(Self.maximumSlotEnergy)")
    }
  }

  fileprivate mutating func trade(_ offer: DealOffered) {
    let dealt = dealings.dealt[offer.slot.number]?.energy ?? 0
    dealings.dealt.put(DealtSlot(slot: offer.slot, energy: dealt + offer.energy.wattHours))
    slots[known: offer.slot].trade(offer.energy, offer.price, from: numbers[offer.seller]!, to: numbers[offer.buyer]!)
  }
}

extension SlotState {
  /// Books energy that one member sells another at a price.
  fileprivate mutating func trade(_ energy: Energy, _ price: Price, from seller: Int, to buyer: Int) {
    for (member, sign) in [(seller, 1), (buyer, -1)] {
      positions[member, default: Position()].energy += sign * energy.units
      positions[member, default: Position()].money += sign * energy.units * price.units
    }
  }
}

extension LoadForecast: MarketEvent {
  /// Refuses a forecast that has passed.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try context.requireAhead(slots)
  }

  /// A broadcast changes nothing.
  public func apply(to market: inout LocalMarket, in context: Context) {}
}

extension GenerationForecast: MarketEvent {
  /// Refuses a forecast that has passed.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try context.requireAhead(slots)
  }

  /// A broadcast changes nothing.
  public func apply(to market: inout LocalMarket, in context: Context) {}
}
