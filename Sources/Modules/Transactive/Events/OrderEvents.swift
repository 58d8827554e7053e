import Encoding
import Kernel
import Quantities

/// Which way energy goes for the party of an order.
public enum Side: String, Choice {
  /// Buys.
  case bid
  /// Sells.
  case ask
}

/// `order.placed`: a curve of limit orders over consecutive slots. Energy 0 means no order in that slot.
public struct OrderPlaced: EventPayload {
  /// The event's type.
  public static let type = "order.placed"
  /// The members.
  public static let members = Members(
    Self.init(lem:party:order:side:first:prices:energies:), Member("lem", \.lem), Member("party", \.party),
    Member("order", \.order), Member("side", \.side), Member("first", \.slots.first),
    Member(curve: "price", \.prices), Member(curve: "energy", \.energies))

  /// The market.
  public let lem: LEMID
  /// Whose order it is.
  public let party: PartyID
  /// The author's name for it.
  public let order: OrderID
  /// Bid or ask.
  public let side: Side
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// The limit price in each slot.
  public let prices: [Price]
  /// The energy in each slot.
  public let energies: [Energy]

  /// An order over as many slots from `first` on as the curves have values.
  public init(
    lem: LEMID, party: PartyID, order: OrderID, side: Side, first: Slot, prices: [Price], energies: [Energy]
  ) throws(JSONError) {
    (self.lem, self.party, self.order, self.side) = (lem, party, order, side)
    (self.prices, self.energies) = (prices, energies)
    slots = try SlotRange(first, curves: [prices.count, energies.count])
  }
}

/// `order.cancelled`: what is left of an order is withdrawn from all slots whose gate is open.
public struct OrderCancelled: EventPayload {
  /// The event's type.
  public static let type = "order.cancelled"
  /// The members.
  public static let members = Members(
    Self.init(lem:party:order:), Member("lem", \.lem), Member("party", \.party), Member("order", \.order))

  /// The market.
  public let lem: LEMID
  /// Whose order it is.
  public let party: PartyID
  /// The order.
  public let order: OrderID

  /// `party` withdraws `order`.
  public init(lem: LEMID, party: PartyID, order: OrderID) {
    (self.lem, self.party, self.order) = (lem, party, order)
  }
}
