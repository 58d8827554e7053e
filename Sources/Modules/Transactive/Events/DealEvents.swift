import Encoding
import Kernel
import Quantities

/// What a ``DealID`` names.
public enum DealKind {}
/// A deal of two members outside the auction.
public typealias DealID = Identifier<DealKind>

/// `deal.offered`: a member offers another energy at a price of their own (TwinTEP.14).
public struct DealOffered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "deal.offered"
  /// The members.
  public static let members = Members(
    Self.init(lem:deal:seller:buyer:device:slot:energy:price:), Member("lem", \.lem), Member("deal", \.deal),
    Member("seller", \.seller), Member("buyer", \.buyer), Member("device", \.device), Member("slot", \.slot),
    Member("energy", \.energy), Member("price", \.price))

  /// The market.
  public let lem: LEMID
  /// Its name.
  public let deal: DealID
  /// Who sells.
  public let seller: PartyID
  /// Who may buy.
  public let buyer: PartyID
  /// The device that gives the energy, where it is told.
  public let device: DeviceID?
  /// When it is delivered.
  public let slot: Slot
  /// How much.
  public let energy: Energy
  /// At which price.
  public let price: Price

  /// What the members say.
  public init(
    lem: LEMID, deal: DealID, seller: PartyID, buyer: PartyID, device: DeviceID?, slot: Slot, energy: Energy,
    price: Price
  ) {
    self.lem = lem
    self.deal = deal
    self.seller = seller
    self.buyer = buyer
    self.device = device
    self.slot = slot
    self.energy = energy
    self.price = price
  }

  /// What tells rows apart.
  public var key: DealID { deal }
}

/// `deal.accepted`: the buyer takes what it was offered: a firm trade.
public struct DealAccepted: EventPayload {
  /// The event's type.
  public static let type = "deal.accepted"
  /// The members.
  public static let members = Members(
    Self.init(lem:deal:), Member("lem", \.lem), Member("deal", \.deal))

  /// The market.
  public let lem: LEMID
  /// Its name.
  public let deal: DealID

  /// What the members say.
  public init(lem: LEMID, deal: DealID) {
    self.lem = lem
    self.deal = deal
  }
}
