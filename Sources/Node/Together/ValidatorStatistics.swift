/// How one of several validators stands, for whoever watches it.
public struct ValidatorStatistics: Sendable {
  /// The height that is being decided.
  public var height = 1
  /// The round of that height.
  public var round = 0
  /// `propose`, `prevote` or `precommit`.
  public var step = "propose"
  /// Whether the height has begun.
  public var isDeciding = false
  /// Whose vote of the present step is missing, by name; nobody's where nothing is being decided.
  public var missing: [String] = []
  /// Whether it only watches until it is sure of all that it has said.
  public var isWatching = false
  /// All other validators, and the seconds since each was last heard of; nil for never.
  public var peers: [(name: String, silence: Int?)] = []
  /// Entries that wait for their place.
  public var waiting = 0
  /// Packets that were dropped, coming or going.
  public var dropped = 0
  /// Packets that could not be read.
  public var malformed = 0
  /// Keys that have contradicted themselves.
  public var guilty: [String] = []
  /// The size of the newest final checkpoint.
  public var final = 0
  /// How long its writes took, fsync included.
  public var writes = NodeStatistics.Durations()
  /// How many validators a quorum has.
  public var quorum = 1

  /// Seconds after which a validator that says nothing counts as gone; each says something every second.
  public static let patience = 5
  /// Whether enough validators are there to decide: this one and those who were heard of lately.
  public var hasQuorum: Bool { 1 + peers.count { $0.silence.map { $0 <= Self.patience } ?? false } >= quorum }
}
