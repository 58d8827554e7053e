import Encoding
import Quantities

/// `device.registered`: a device joins with its owners.
public struct DeviceRegistered: EventPayload {
  /// The event's type.
  public static let type = "device.registered"
  /// The members.
  public static let members = Members(
    Self.init(device:kind:owners:), Member("device", \.device), Member("kind", \.kind), Member("owners", \.owners))

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
}

/// `device.linked`: one more party comes to own a part of a device; `owners` is the new division.
public struct DeviceLinked: EventPayload {
  /// The event's type.
  public static let type = "device.linked"
  /// The members.
  public static let members = Members(
    Self.init(device:party:owners:), Member("device", \.device), Member("party", \.party), Member("owners", \.owners))

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
}

/// `device.unlinked`: a party gives up its part of a device; `owners` is the new division among the others.
public struct DeviceUnlinked: EventPayload {
  /// The event's type.
  public static let type = "device.unlinked"
  /// The members.
  public static let members = Members(
    Self.init(device:party:owners:), Member("device", \.device), Member("party", \.party), Member("owners", \.owners))

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
}

/// `device.removed`: a device leaves.
public struct DeviceRemoved: EventPayload {
  /// The event's type.
  public static let type = "device.removed"
  /// The members.
  public static let members = Members(Self.init(device:), Member("device", \.device))

  /// The device.
  public let device: DeviceID

  /// `device` leaves.
  public init(device: DeviceID) { self.device = device }
}

extension DeviceRegistered: ModuleEvent {
  /// `device_registered`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.device_registered",
      [Field("device") { $0.event.device }, Field("kind") { $0.event.kind }, Field("owners") { $0.event.owners }])
  ]

  /// Refuses a device that exists, and owners that do not.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The device joins.
  public func apply(to registry: inout Registry, in context: Context) {
    registry.devices[device] = Registry.Device(kind: kind, owners: owners, consortium: nil)
  }
}

extension DeviceLinked: ModuleEvent {
  /// `device_linked`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.device_linked",
      [Field("device") { $0.event.device }, Field("party") { $0.event.party }, Field("owners") { $0.event.owners }])
  ]

  /// Refuses a relation that exists.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The device is divided anew.
  public func apply(to registry: inout Registry, in context: Context) { registry.devices[device]!.owners = owners }
}

extension DeviceUnlinked: ModuleEvent {
  /// `device_unlinked`.
  public static let messages = [
    MessageTemplate<Self>(
      "M9.notif.device_unlinked",
      [Field("device") { $0.event.device }, Field("party") { $0.event.party }, Field("owners") { $0.event.owners }])
  ]

  /// Refuses a relation that does not exist.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try registry.check(self)
  }

  /// The device is divided anew.
  public func apply(to registry: inout Registry, in context: Context) { registry.devices[device]!.owners = owners }
}

extension DeviceRemoved: ModuleEvent {
  /// `device_removed`.
  public static let messages = [
    MessageTemplate<Self>("M9.notif.device_removed", [Field("device") { $0.event.device }])
  ]

  /// Refuses a device that does not exist.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    _ = try registry.known(device)
  }

  /// The device leaves, and its consortium if it is in one.
  public func apply(to registry: inout Registry, in context: Context) { registry.remove(device) }
}
