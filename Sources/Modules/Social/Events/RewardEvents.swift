import Encoding
import Kernel
import Quantities

/// What a ``RewardID`` names.
public enum RewardKind {}
/// A reward or badge.
public typealias RewardID = Identifier<RewardKind>

/// What a reward is for.
public struct Award: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(reward:description:), Member("reward", \.reward), Member("description", \.description))

  /// Its name.
  public let reward: RewardID
  /// In words.
  public let description: String

  /// What the members say.
  public init(reward: RewardID, description: String) {
    self.reward = reward
    self.description = description
  }
}

/// `points.rewarded`: a participant receives TwinERGY points.
public struct PointsRewarded: EventPayload {
  /// The event's type.
  public static let type = "points.rewarded"
  /// The members.
  public static let members = Members(
    Self.init(party:points:rewards:), Member("party", \.party), Member("points", \.points),
    Member("rewards", \.rewards, count: 1...32))

  /// Who.
  public let party: PartyID
  /// How many.
  public let points: Int
  /// What for.
  public let rewards: [Award]

  /// What the members say.
  public init(party: PartyID, points: Int, rewards: [Award]) {
    self.party = party
    self.points = points
    self.rewards = rewards
  }
}

/// `points.redeemed`: a participant gives points for something good.
public struct PointsRedeemed: EventPayload {
  /// The event's type.
  public static let type = "points.redeemed"
  /// The members.
  public static let members = Members(
    Self.init(party:points:good:), Member("party", \.party), Member("points", \.points), Member("good", \.good))

  /// Who.
  public let party: PartyID
  /// How many.
  public let points: Int
  /// What for.
  public let good: String

  /// What the members say.
  public init(party: PartyID, points: Int, good: String) {
    self.party = party
    self.points = points
    self.good = good
  }
}

/// `badge.awarded`: a participant receives badges, which count nothing.
public struct BadgeAwarded: EventPayload {
  /// The event's type.
  public static let type = "badge.awarded"
  /// The members.
  public static let members = Members(
    Self.init(party:rewards:), Member("party", \.party), Member("rewards", \.rewards, count: 1...32))

  /// Who.
  public let party: PartyID
  /// What for.
  public let rewards: [Award]

  /// What the members say.
  public init(party: PartyID, rewards: [Award]) {
    self.party = party
    self.rewards = rewards
  }
}
