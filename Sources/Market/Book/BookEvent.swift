import Quantities

/// The name by which a book knows an order: never reused within a book.
public struct BookOrderID: Hashable, Sendable {
  let index: Int32
  let generation: UInt32
}

/// One thing that happened in a book, in the order in which it happened.
public enum BookEvent: Hashable, Sendable {
  /// Why an order or a part of it left the book without trading.
  public enum Cancellation: String, Sendable {
    /// Its owner asked for it.
    case requested
    /// It was immediate-or-cancel and found no further counterpart.
    case immediate
    /// It was fill-or-kill and could not be filled.
    case notFilled = "not-filled"
    /// It would have traded with its own owner.
    case selfTrade = "self-trade"
  }

  /// The order was taken in under this name.
  case accepted(BookOrderID)
  /// Energy changed hands at the price of the order that was there before.
  case traded(resting: BookOrderID, incoming: BookOrderID, energy: Energy, price: Price)
  /// What is left of the order now rests in the book.
  case rested(BookOrderID, energy: Energy)
  /// This much of the order was cancelled.
  case cancelled(BookOrderID, energy: Energy, Cancellation)
  /// All orders of a side at a price now want this much together.
  case level(BookSide, price: Price, energy: Energy)
}
