import Encoding
import Kernel
import Quantities

/// What to reach in a period.
public struct Challenge: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(start:end:description:target:), Member("start", \.start), Member("end", \.end),
    Member("description", \.description), Member("target", \.target))

  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant
  /// In words.
  public let description: String
  /// What to stay below.
  public let target: Energy

  /// What the members say.
  public init(start: Instant, end: Instant, description: String, target: Energy) {
    self.start = start
    self.end = end
    self.description = description
    self.target = target
  }
}

/// `challenge.recommended`: a participant could compete with its neighbours.
public struct ChallengeRecommended: EventPayload, TableRow {
  /// The event's type.
  public static let type = "challenge.recommended"
  /// The members.
  public static let members = Members(
    Self.init(area:party:challenges:), Member("area", \.area), Member("party", \.party),
    Member("challenges", \.challenges, count: 1...32))

  /// The neighbourhood.
  public let area: AreaID
  /// Who.
  public let party: PartyID
  /// What to reach.
  public let challenges: [Challenge]

  /// What the members say.
  public init(area: AreaID, party: PartyID, challenges: [Challenge]) {
    self.area = area
    self.party = party
    self.challenges = challenges
  }

  /// What tells rows apart.
  public var key: PartyID { party }
}

/// `neighbours.proposed`: who in a neighbourhood may be competed with.
public struct NeighboursProposed: EventPayload, TableRow {
  /// The event's type.
  public static let type = "neighbours.proposed"
  /// The members.
  public static let members = Members(
    Self.init(area:parties:), Member("area", \.area), Member("parties", \.parties, count: 1...100))

  /// The neighbourhood.
  public let area: AreaID
  /// Who.
  public let parties: [PartyID]

  /// What the members say.
  public init(area: AreaID, parties: [PartyID]) {
    self.area = area
    self.parties = parties
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}
