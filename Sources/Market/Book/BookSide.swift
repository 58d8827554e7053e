/// Which side of a book an order stands on.
public enum BookSide: String, Sendable, CaseIterable {
  /// It buys.
  case bid
  /// It sells.
  case ask

  /// The side that it trades with.
  public var opposite: BookSide { self == .bid ? .ask : .bid }
}
