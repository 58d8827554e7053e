/// Whom an order comes from and whom it would rather trade with.
///
/// Preferences decide who is paired; they never touch a volume or a price, so they cost nobody anything.
public struct Preference: Hashable, Sendable {
  /// The party that gave the order.
  public let participant: String?
  /// The party that it wants to trade with.
  public let partner: String?
  /// A bid: the source that it wants. An ask: the source that it offers.
  public let source: String?
  /// The feeder of the grid behind which it is connected.
  public let feeder: String?

  /// A preference; nil means that nothing is known or wanted.
  public init(participant: String? = nil, partner: String? = nil, source: String? = nil, feeder: String? = nil) {
    self.participant = participant
    self.partner = partner
    self.source = source
    self.feeder = feeder
  }
}
