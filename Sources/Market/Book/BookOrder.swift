import Quantities

/// An order that resting orders are matched with at once.
public struct BookOrder: Hashable, Sendable {
  /// How long it stays.
  public enum Lifetime: String, Sendable, CaseIterable {
    /// Good till cancelled: what finds no counterpart rests in the book.
    case goodTillCancelled = "GTC"
    /// Immediate or cancel: what finds no counterpart at once is cancelled.
    case immediateOrCancel = "IOC"
    /// Fill or kill: all of it trades at once, or nothing.
    case fillOrKill = "FOK"
  }

  /// Whether it buys or sells.
  public let side: BookSide
  /// Its limit and energy.
  public let order: Order
  /// The party that gave it; it never trades with itself.
  public let owner: Int
  /// How long it stays.
  public let lifetime: Lifetime

  /// An order of the party numbered `owner`.
  public init(_ side: BookSide, _ order: Order, owner: Int, lifetime: Lifetime = .goodTillCancelled) {
    self.side = side
    self.order = order
    self.owner = owner
    self.lifetime = lifetime
  }
}
