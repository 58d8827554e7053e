import Encoding
import Kernel
import Quantities

/// M8, social network: challenges between neighbours, TwinERGY points and badges, what participants want to be told.
///
/// Points are an asset of their own under double entry, redeemed by rule, never money. Posts, votes and profiles are
/// personal and never enter the log.
public struct Social: Module, MemberObject {
  /// M8.
  public static let id = ModuleID.social

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Social>.Type] = [
    ChallengeRecommended.self, NeighboursProposed.self, PointsRewarded.self, PointsRedeemed.self, BadgeAwarded.self,
    SettingsChosen.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(challenges:proposals:points:settings:), Member("challenges", \.challenges),
    Member("proposals", \.proposals), Member("points", \.points), Member("settings", \.settings))

  var challenges: Table<ChallengeRecommended>
  var proposals: Table<NeighboursProposed>
  var points: PointsBook
  var settings: Table<SettingsChosen>

  /// Before anything has happened.
  public init() { self.init(challenges: Table(), proposals: Table(), points: PointsBook(), settings: Table()) }

  private init(
    challenges: Table<ChallengeRecommended>, proposals: Table<NeighboursProposed>, points: PointsBook,
    settings: Table<SettingsChosen>
  ) {
    (self.challenges, self.proposals, self.points, self.settings) = (challenges, proposals, points, settings)
  }

  /// How many points `party` has.
  public func points(of party: PartyID) -> Int { points.balance(of: party) }

  /// Whether the points of all accounts sum to zero.
  public var isBalanced: Bool { points.isBalanced }
}
