import Encoding
import Quantities

/// `participant.joined`: a household, business or other customer becomes part of the community.
public struct ParticipantJoined: EventPayload {
  /// The event's type.
  public static let type = "participant.joined"
  /// The members.
  public static let members = Members(
    { (participant: PartyID, commitment: HexDigest?) in Self(participant: participant, commitment: commitment?.text) },
    Member("participant", \.participant), Member("commitment", { $0.commitment.map(HexDigest.init(unchecked:)) }))

  /// Its pseudonym.
  public let participant: PartyID
  /// Salted SHA-256 of its profile, 64 hexadecimal digits, where one is kept off the log.
  public let commitment: String?

  /// `participant` joins.
  public init(participant: PartyID, commitment: String? = nil) {
    (self.participant, self.commitment) = (participant, commitment)
  }
}

/// `participant.left`: a participant leaves, of its own will and at any time.
public struct ParticipantLeft: EventPayload {
  /// The event's type.
  public static let type = "participant.left"
  /// The members.
  public static let members = Members(Self.init(participant:), Member("participant", \.participant))

  /// Who leaves.
  public let participant: PartyID

  /// `participant` leaves.
  public init(participant: PartyID) { self.participant = participant }
}

extension ParticipantJoined: ModuleEvent {
  /// `prosumer_joined`.
  public static let messages = [
    MessageTemplate<Self>("M9.notif.prosumer_joined", [Field("prosumer") { $0.event.participant }])
  ]

  /// Refuses a name that is taken.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.requireFree(participant)
  }

  /// The participant joins.
  public func apply(to registry: inout Registry, in context: Context) {
    registry.participants[participant] = Registry.Participant(isActive: true, commitment: commitment)
  }
}

extension ParticipantLeft: ModuleEvent {
  /// `prosumer_left`.
  public static let messages = [
    MessageTemplate<Self>("M9.notif.prosumer_left", [Field("prosumer") { $0.event.participant }])
  ]

  /// Refuses one that has not joined, or is a member of a consortium still.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The participant leaves; its commitment is forgotten.
  public func apply(to registry: inout Registry, in context: Context) {
    registry.participants[participant] = Registry.Participant(isActive: false, commitment: nil)
  }
}
