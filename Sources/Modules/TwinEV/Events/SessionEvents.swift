import Encoding
import Kernel
import Quantities

/// Energy in consecutive slots.
public struct ChargingCurve: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(imported:exported:), Member("imported", \.imported, count: 1...SlotRange.maximumCount),
    Member("exported", \.exported, count: 1...SlotRange.maximumCount))

  /// Taken from the grid in each slot.
  public let imported: [Energy]
  /// Given to the grid in each slot.
  public let exported: [Energy]

  /// What the members say.
  public init(imported: [Energy], exported: [Energy]) throws(JSONError) {
    self.imported = imported
    self.exported = exported
    guard imported.count == exported.count else { throw JSONError(.value, "the curves have different lengths") }
  }
}

/// `session.started`: a vehicle charges, and how it is planned to.
public struct SessionStarted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "session.started"
  /// The members.
  public static let members = Members(
    Self.init(session:point:vehicle:first:curve:), Member("session", \.session), Member("point", \.point),
    Member("vehicle", \.vehicle), Member("first", \.first), Member("curve", \.curve))

  /// Its name.
  public let session: SessionID
  /// The charging point.
  public let point: DeviceID
  /// The vehicle.
  public let vehicle: DeviceID
  /// The first slot.
  public let first: Slot
  /// How it will charge.
  public let curve: ChargingCurve

  /// What the members say.
  public init(session: SessionID, point: DeviceID, vehicle: DeviceID, first: Slot, curve: ChargingCurve) {
    self.session = session
    self.point = point
    self.vehicle = vehicle
    self.first = first
    self.curve = curve
  }

  /// What tells rows apart.
  public var key: SessionID { session }
}

/// `session.planned`: a running session will go on otherwise.
public struct SessionPlanned: EventPayload {
  /// The event's type.
  public static let type = "session.planned"
  /// The members.
  public static let members = Members(
    Self.init(session:first:curve:), Member("session", \.session), Member("first", \.first), Member("curve", \.curve))

  /// Its name.
  public let session: SessionID
  /// The first slot.
  public let first: Slot
  /// How it will charge.
  public let curve: ChargingCurve

  /// What the members say.
  public init(session: SessionID, first: Slot, curve: ChargingCurve) {
    self.session = session
    self.first = first
    self.curve = curve
  }
}

/// `session.ended`: a vehicle has charged.
public struct SessionEnded: EventPayload {
  /// The event's type.
  public static let type = "session.ended"
  /// The members.
  public static let members = Members(
    Self.init(session:imported:exported:), Member("session", \.session), Member("imported", \.imported),
    Member("exported", \.exported))

  /// Its name.
  public let session: SessionID
  /// Taken from the grid.
  public let imported: Energy
  /// Given to the grid.
  public let exported: Energy

  /// What the members say.
  public init(session: SessionID, imported: Energy, exported: Energy) {
    self.session = session
    self.imported = imported
    self.exported = exported
  }
}

/// `curves.estimated`: how a vehicle could charge at a station: four ways.
public struct CurvesEstimated: EventPayload {
  /// The event's type.
  public static let type = "curves.estimated"
  /// The members.
  public static let members = Members(
    Self.init(station:vehicle:first:usual:green:faster:cheaper:), Member("station", \.station),
    Member("vehicle", \.vehicle), Member("first", \.first), Member("default", \.usual), Member("green", \.green),
    Member("faster", \.faster), Member("cheaper", \.cheaper))

  /// The station.
  public let station: StationID
  /// The vehicle.
  public let vehicle: DeviceID
  /// The first slot.
  public let first: Slot
  /// As it comes.
  public let usual: ChargingCurve
  /// With most renewable energy.
  public let green: ChargingCurve
  /// In the shortest time.
  public let faster: ChargingCurve
  /// At the least cost.
  public let cheaper: ChargingCurve

  /// What the members say.
  public init(
    station: StationID, vehicle: DeviceID, first: Slot, usual: ChargingCurve, green: ChargingCurve,
    faster: ChargingCurve, cheaper: ChargingCurve
  ) {
    self.station = station
    self.vehicle = vehicle
    self.first = first
    self.usual = usual
    self.green = green
    self.faster = faster
    self.cheaper = cheaper
  }
}
