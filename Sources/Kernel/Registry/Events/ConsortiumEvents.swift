import Encoding
import Quantities

/// `consortium.formed`: parties and devices act as one party.
public struct ConsortiumFormed: EventPayload {
  /// The event's type.
  public static let type = "consortium.formed"
  /// The members.
  public static let members = Members(
    Self.init(consortium:members:devices:), Member("consortium", \.consortium), Member("members", \.parties),
    Member("devices", \.devices))

  /// Its pseudonym, among those of parties.
  public let consortium: PartyID
  /// Its members.
  public let parties: [PartyID]
  /// Its devices.
  public let devices: [DeviceID]

  /// `consortium` is formed of `members` and `devices`.
  public init(consortium: PartyID, members: [PartyID], devices: [DeviceID]) {
    (self.consortium, parties, self.devices) = (consortium, members, devices)
  }
}

/// `consortium.changed`: members and devices come and go.
public struct ConsortiumChanged: EventPayload {
  /// The event's type.
  public static let type = "consortium.changed"
  /// The members.
  public static let members = Members(
    Self.init(consortium:joined:left:added:removed:), Member("consortium", \.consortium), Member("joined", \.joined),
    Member("left", \.left), Member("added", \.added), Member("removed", \.removed))

  /// The consortium.
  public let consortium: PartyID
  /// New members.
  public let joined: [PartyID]
  /// Members that leave.
  public let left: [PartyID]
  /// New devices.
  public let added: [DeviceID]
  /// Devices that leave.
  public let removed: [DeviceID]

  /// `consortium` changes.
  public init(
    consortium: PartyID, joined: [PartyID] = [], left: [PartyID] = [], added: [DeviceID] = [], removed: [DeviceID] = []
  ) {
    (self.consortium, self.joined, self.left, self.added, self.removed) = (consortium, joined, left, added, removed)
  }
}

extension ConsortiumFormed: ModuleEvent {
  /// `consortium_registered`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.consortium_registered",
      [
        Field("consortium") { $0.event.consortium }, Field("members") { $0.event.parties },
        Field("devices") { $0.event.devices },
      ])
  ]

  /// Refuses a name that is taken, and members and devices that cannot be its.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The consortium is formed.
  public func apply(to registry: inout Registry, in context: Context) {
    registry.consortia[consortium] = Registry.Consortium(members: parties, devices: devices)
    for device in devices { registry.devices[device]!.consortium = consortium }
  }
}

extension ConsortiumChanged: ModuleEvent {
  /// `consortium_changed`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.consortium_changed",
      [
        Field("consortium") { $0.event.consortium }, Field("joined") { $0.event.joined },
        Field("left") { $0.event.left }, Field("added") { $0.event.added }, Field("removed") { $0.event.removed },
      ])
  ]

  /// Refuses a change that is none, or not possible.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The consortium changes.
  public func apply(to registry: inout Registry, in context: Context) { registry.change(self) }
}
