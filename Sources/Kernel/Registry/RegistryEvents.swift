import Encoding
import Quantities

/// `participant.joined`: a household, business or other customer becomes part of the community.
public struct ParticipantJoined: EventPayload {
  /// The event's type.
  public static let type = "participant.joined"
  /// Its pseudonym.
  public let participant: PartyID
  /// Salted SHA-256 of its profile, 64 hexadecimal digits, where one is kept off the log.
  public let commitment: String?

  /// `participant` joins.
  public init(participant: PartyID, commitment: String? = nil) {
    (self.participant, self.commitment) = (participant, commitment)
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    participant = try fields.identifier("participant")
    commitment = try fields.readIfPresent("commitment") { (value) throws(JSONError) in
      let text = try value.string()
      guard text.utf8.count == 64, Hex.decode(text) != nil else {
        throw JSONError(.value, "a commitment is 64 lower-case hexadecimal digits")
      }
      return text
    }
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("participant", participant)
    if let commitment { writer.field("commitment", commitment) }
  }
}

/// `participant.left`: a participant leaves, of its own will and at any time.
public struct ParticipantLeft: EventPayload {
  /// The event's type.
  public static let type = "participant.left"
  /// Who leaves.
  public let participant: PartyID

  /// `participant` leaves.
  public init(participant: PartyID) { self.participant = participant }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) { participant = try fields.identifier("participant") }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) { writer.field("participant", participant) }
}

/// `device.registered`: a device joins with its owners.
public struct DeviceRegistered: EventPayload {
  /// The event's type.
  public static let type = "device.registered"
  /// The device.
  public let device: DeviceID
  /// What it is.
  public let kind: DeviceKind
  /// Whose it is.
  public let owners: Shares

  /// `device` joins.
  public init(device: DeviceID, kind: DeviceKind, owners: Shares) {
    (self.device, self.kind, self.owners) = (device, kind, owners)
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    device = try fields.identifier("device")
    kind = try fields.read("kind") { (value) throws(JSONError) in
      let text = try value.string()
      guard let kind = DeviceKind(rawValue: text) else {
        throw JSONError(.value, "\"\(text.prefix(80))\" is not a kind of device")
      }
      return kind
    }
    owners = try fields.shares("owners")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("device", device)
    writer.field("kind", kind.rawValue)
    writer.field("owners", owners)
  }
}

/// `device.linked`: one more party comes to own a part of a device; `owners` is the new division.
public struct DeviceLinked: EventPayload {
  /// The event's type.
  public static let type = "device.linked"
  /// The device.
  public let device: DeviceID
  /// Who joins its owners.
  public let party: PartyID
  /// The new division.
  public let owners: Shares

  /// `party` joins the owners of `device`, then divided as `owners` says.
  public init(device: DeviceID, party: PartyID, owners: Shares) {
    (self.device, self.party, self.owners) = (device, party, owners)
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    device = try fields.identifier("device")
    party = try fields.identifier("party")
    owners = try fields.shares("owners")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("device", device)
    writer.field("party", party)
    writer.field("owners", owners)
  }
}

/// `device.unlinked`: a party gives up its part of a device; `owners` is the new division among the others.
public struct DeviceUnlinked: EventPayload {
  /// The event's type.
  public static let type = "device.unlinked"
  /// The device.
  public let device: DeviceID
  /// Who leaves its owners.
  public let party: PartyID
  /// The new division.
  public let owners: Shares

  /// `party` leaves the owners of `device`, then divided as `owners` says.
  public init(device: DeviceID, party: PartyID, owners: Shares) {
    (self.device, self.party, self.owners) = (device, party, owners)
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    device = try fields.identifier("device")
    party = try fields.identifier("party")
    owners = try fields.shares("owners")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("device", device)
    writer.field("party", party)
    writer.field("owners", owners)
  }
}

/// `device.removed`: a device leaves.
public struct DeviceRemoved: EventPayload {
  /// The event's type.
  public static let type = "device.removed"
  /// The device.
  public let device: DeviceID

  /// `device` leaves.
  public init(device: DeviceID) { self.device = device }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) { device = try fields.identifier("device") }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) { writer.field("device", device) }
}

/// `consortium.formed`: parties and devices act as one party.
public struct ConsortiumFormed: EventPayload {
  /// The event's type.
  public static let type = "consortium.formed"
  /// Its pseudonym, among those of parties.
  public let consortium: PartyID
  /// Its members.
  public let members: [PartyID]
  /// Its devices.
  public let devices: [DeviceID]

  /// `consortium` is formed of `members` and `devices`.
  public init(consortium: PartyID, members: [PartyID], devices: [DeviceID]) {
    (self.consortium, self.members, self.devices) = (consortium, members, devices)
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    consortium = try fields.identifier("consortium")
    members = try fields.identifiers("members")
    devices = try fields.identifiers("devices")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("consortium", consortium)
    writer.field("members", members)
    writer.field("devices", devices)
  }
}

/// `consortium.changed`: members and devices come and go.
public struct ConsortiumChanged: EventPayload {
  /// The event's type.
  public static let type = "consortium.changed"
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

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    consortium = try fields.identifier("consortium")
    joined = try fields.identifiers("joined")
    left = try fields.identifiers("left")
    added = try fields.identifiers("added")
    removed = try fields.identifiers("removed")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("consortium", consortium)
    writer.field("joined", joined)
    writer.field("left", left)
    writer.field("added", added)
    writer.field("removed", removed)
  }
}
