import Encoding

/// Everything that can happen to the people, devices and consortia that all modules share.
public enum RegistryEvent: Event {
  /// A participant joins.
  case participantJoined(ParticipantJoined)
  /// A participant leaves.
  case participantLeft(ParticipantLeft)
  /// A device joins.
  case deviceRegistered(DeviceRegistered)
  /// A party comes to own a part of a device.
  case deviceLinked(DeviceLinked)
  /// A party gives up its part of a device.
  case deviceUnlinked(DeviceUnlinked)
  /// A device leaves.
  case deviceRemoved(DeviceRemoved)
  /// A consortium is formed.
  case consortiumFormed(ConsortiumFormed)
  /// A consortium's members or devices change.
  case consortiumChanged(ConsortiumChanged)

  /// All types.
  public static let types = [
    ParticipantJoined.type, ParticipantLeft.type, DeviceRegistered.type, DeviceLinked.type, DeviceUnlinked.type,
    DeviceRemoved.type, ConsortiumFormed.type, ConsortiumChanged.type,
  ]

  /// Reads the members of an event of `type`.
  public init(type: String, _ fields: inout JSONFields) throws(JSONError) {
    switch type {
    case ParticipantJoined.type: self = .participantJoined(try .init(&fields))
    case ParticipantLeft.type: self = .participantLeft(try .init(&fields))
    case DeviceRegistered.type: self = .deviceRegistered(try .init(&fields))
    case DeviceLinked.type: self = .deviceLinked(try .init(&fields))
    case DeviceUnlinked.type: self = .deviceUnlinked(try .init(&fields))
    case DeviceRemoved.type: self = .deviceRemoved(try .init(&fields))
    case ConsortiumFormed.type: self = .consortiumFormed(try .init(&fields))
    case ConsortiumChanged.type: self = .consortiumChanged(try .init(&fields))
    default: preconditionFailure("\(type) is not one of the registry's events")
    }
  }

  private var payload: any EventPayload {
    switch self {
    case .participantJoined(let payload): payload
    case .participantLeft(let payload): payload
    case .deviceRegistered(let payload): payload
    case .deviceLinked(let payload): payload
    case .deviceUnlinked(let payload): payload
    case .deviceRemoved(let payload): payload
    case .consortiumFormed(let payload): payload
    case .consortiumChanged(let payload): payload
    }
  }

  /// This event's type.
  public var type: String { Swift.type(of: payload).type }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) { payload.write(to: &writer) }
}
