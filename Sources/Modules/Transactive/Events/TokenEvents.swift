import Encoding
import Kernel
import Quantities

/// What a ``PayoutID`` names.
public enum PayoutKind {}
/// A payment of tokens on its rail.
public typealias PayoutID = Identifier<PayoutKind>

/// `token.reversed`: a reward is taken back (TwinTEP.06).
public struct TokenReversed: EventPayload {
  /// The event's type.
  public static let type = "token.reversed"
  /// The members.
  public static let members = Members(
    Self.init(lem:party:energy:), Member("lem", \.lem), Member("party", \.party), Member("energy", \.energy))

  /// The market.
  public let lem: LEMID
  /// Whose.
  public let party: PartyID
  /// In Wh of tokens: 1000 are one.
  public let energy: Energy

  /// What the members say.
  public init(lem: LEMID, party: PartyID, energy: Energy) {
    self.lem = lem
    self.party = party
    self.energy = energy
  }
}

/// `token.paid_out`: tokens are burnt, and paid out over a payment rail (TwinTEP.08).
public struct TokenPaidOut: EventPayload {
  /// The event's type.
  public static let type = "token.paid_out"
  /// The members.
  public static let members = Members(
    Self.init(lem:party:energy:payout:), Member("lem", \.lem), Member("party", \.party), Member("energy", \.energy),
    Member("payout", \.payout))

  /// The market.
  public let lem: LEMID
  /// Whose.
  public let party: PartyID
  /// In Wh of tokens: whole tokens of 1000.
  public let energy: Energy
  /// The name of the payment on its rail.
  public let payout: PayoutID

  /// What the members say.
  public init(lem: LEMID, party: PartyID, energy: Energy, payout: PayoutID) {
    self.lem = lem
    self.party = party
    self.energy = energy
    self.payout = payout
  }
}

/// `invoice.issued`: the grid operator is asked to back the tokens that were paid out (TwinTEP.13).
public struct InvoiceIssued: EventPayload {
  /// The event's type.
  public static let type = "invoice.issued"
  /// The members.
  public static let members = Members(
    Self.init(lem:invoice:energy:), Member("lem", \.lem), Member("invoice", \.invoice), Member("energy", \.energy))

  /// The market.
  public let lem: LEMID
  /// Its number, from 1 on without a gap.
  public let invoice: Int
  /// In Wh of tokens: all that was paid out since the last.
  public let energy: EnergySum

  /// What the members say.
  public init(lem: LEMID, invoice: Int, energy: EnergySum) {
    self.lem = lem
    self.invoice = invoice
    self.energy = energy
  }
}
