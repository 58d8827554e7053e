import Encoding
import Kernel
import Quantities

/// What a LEM does beside its auction: deals of two members, tokens that were taken back or paid out.
struct Dealings: MemberObject {
  /// The most offers that wait for their buyers.
  static let maximumOffers = 10_000

  static let members = Members(
    Self.init(offers:dealt:reversed:paidOut:invoices:), Member("offers", \.offers), Member("dealt", \.dealt),
    Member("reversed", \.reversed), Member("paidOut", \.paidOut), Member("invoices", \.invoices))

  /// Those that wait.
  var offers = Table<DealOffered>()
  /// Energy of accepted deals in slots that are not settled.
  var dealt = Table<DealtSlot>()
  /// Wh of tokens that were taken back, ever.
  var reversed = Table<ReversedTokens>()
  /// Wh of tokens that were paid out and not invoiced yet.
  var paidOut = 0
  /// The number of the last invoice.
  var invoices = 0

  init() {}

  private init(
    offers: Table<DealOffered>, dealt: Table<DealtSlot>, reversed: Table<ReversedTokens>, paidOut: Int, invoices: Int
  ) {
    (self.offers, self.dealt, self.reversed) = (offers, dealt, reversed)
    (self.paidOut, self.invoices) = (paidOut, invoices)
  }

  var isEmpty: Bool { self == Dealings() }
}

/// Energy of accepted deals in one slot.
struct DealtSlot: TableRow {
  static let members = Members(Self.init(slot:energy:), Member("slot", \.slot), Member("energy", \.energy))

  let slot: Slot
  var energy: Int

  var key: Int { slot.number }
}

/// Tokens that were taken back from one member.
struct ReversedTokens: TableRow {
  static let members = Members(Self.init(party:energy:), Member("party", \.party), Member("energy", \.energy))

  let party: PartyID
  var energy: Int

  var key: PartyID { party }
}
