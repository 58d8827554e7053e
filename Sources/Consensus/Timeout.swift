/// A wait that ends a step which makes no progress (arXiv:1807.04938, Algorithm 1, L57–67).
public struct Timeout: Sendable, Hashable {
  /// The three waits of a round.
  public enum Kind: String, Sendable, CaseIterable {
    /// For the round's proposal.
    case propose
    /// For a quorum of prevotes that agree.
    case prevote
    /// For a quorum of precommits that agree.
    case precommit
  }

  /// What is waited for.
  public let kind: Kind
  /// The height.
  public let height: Int
  /// The round.
  public let round: Int

  /// The wait of `kind` in `round` of `height`.
  public init(_ kind: Kind, height: Int, round: Int) {
    (self.kind, self.height, self.round) = (kind, height, round)
  }

  /// The longest wait in milliseconds: growth ends far beyond any network's delay.
  public static let longest = 60_000

  /// How long to wait, in milliseconds: longer in each round, so that one round outlasts the network's delay.
  public var milliseconds: Int {
    let base = kind == .propose ? 1000 : 500
    return min(base + 500 * min(round, 1000), Self.longest)
  }
}
