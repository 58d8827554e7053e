/// The orders of one of several coupled markets; the place of an order in its list is its time priority.
public struct LocalBook: Hashable, Sendable {
  /// Orders that buy.
  public let bids: [Order]
  /// Orders that sell.
  public let asks: [Order]

  /// A book of `bids` and `asks`.
  public init(bids: [Order], asks: [Order]) {
    self.bids = bids
    self.asks = asks
  }
}
