import HashTreeCollections
import Market
import Quantities

/// One LEM: its terms, members, slots and books.
public struct LocalMarket: Sendable {
  /// A party with an account.
  public struct Member: Sendable, Hashable {
    /// Who it is.
    public let party: PartyID
    /// Whether it may trade.
    public internal(set) var isOpen = true
    /// Wh sold in the LEM and delivered, ever.
    public internal(set) var sold = 0
    /// Wh of them that were rewarded with tokens.
    public internal(set) var rewarded = 0
  }

  /// An order that may still trade.
  struct Placement: Sendable {
    var number: Int
    var member: Int
    var side: Side
    var slots: SlotRange
  }

  /// What it is run by.
  public let terms: Terms
  /// In the order in which their accounts were opened.
  public internal(set) var members: [Member] = []
  var numbers: TreeDictionary<PartyID, Int> = [:]
  var slots = SlotTable()
  var placements: TreeDictionary<OrderID, Placement> = [:]
  /// How many orders were ever placed; the number of the next.
  var placed = 0
  /// What it does beside its auction.
  var dealings = Dealings()
  /// Who holds what.
  public internal(set) var book = Book()

  init(terms: Terms) { self.terms = terms }

  /// The member that `party` is.
  public func member(_ party: PartyID) -> Member? { numbers[party].map { members[$0] } }

  /// The tariff of `slot`.
  public func tariff(_ slot: Slot) -> Tariff? { slots[slot]?.tariff }

  /// The last clearing price of `slot`.
  public func price(_ slot: Slot) -> Price? { slots[slot]?.price }

  /// The last moment at which orders for `slot` are taken; they are refused from here on.
  public func deadline(_ slot: Slot) -> Instant {
    slot.start.advanced(byMilliseconds: -terms.lead * Slot.milliseconds)
  }
}
