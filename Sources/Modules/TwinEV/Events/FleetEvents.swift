import Encoding
import Kernel
import Quantities

/// `vehicle.registered`: a participant has an electric vehicle.
public struct VehicleRegistered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "vehicle.registered"
  /// The members.
  public static let members = Members(
    Self.init(vehicle:party:battery:power:v2g:storage:register:), Member("vehicle", \.vehicle),
    Member("party", \.party), Member("battery", \.battery), Member("power", \.power), Member("v2g", \.v2g),
    Member("storage", \.storage), Member("register", \.register))

  /// The vehicle.
  public let vehicle: DeviceID
  /// Whose.
  public let party: PartyID
  /// What its battery holds.
  public let battery: Energy
  /// At which it charges at most.
  public let power: Power
  /// Whether it can give energy back.
  public let v2g: Bool
  /// The collection with more about it.
  public let storage: String
  /// Its record there.
  public let register: String

  /// What the members say.
  public init(
    vehicle: DeviceID, party: PartyID, battery: Energy, power: Power, v2g: Bool, storage: String, register: String
  ) {
    self.vehicle = vehicle
    self.party = party
    self.battery = battery
    self.power = power
    self.v2g = v2g
    self.storage = storage
    self.register = register
  }

  /// What tells rows apart.
  public var key: DeviceID { vehicle }
}

/// `vehicle.removed`: a vehicle leaves.
public struct VehicleRemoved: EventPayload {
  /// The event's type.
  public static let type = "vehicle.removed"
  /// The members.
  public static let members = Members(
    Self.init(vehicle:), Member("vehicle", \.vehicle))

  /// The vehicle.
  public let vehicle: DeviceID

  /// What the members say.
  public init(vehicle: DeviceID) {
    self.vehicle = vehicle
  }
}

/// `point.registered`: a charging station has a charging point.
public struct PointRegistered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "point.registered"
  /// The members.
  public static let members = Members(
    Self.init(point:station:power:v2g:storage:register:), Member("point", \.point), Member("station", \.station),
    Member("power", \.power), Member("v2g", \.v2g), Member("storage", \.storage), Member("register", \.register))

  /// The charging point.
  public let point: DeviceID
  /// Its station.
  public let station: StationID
  /// At which it charges at most.
  public let power: Power
  /// Whether it can take energy back.
  public let v2g: Bool
  /// The collection with more about it.
  public let storage: String
  /// Its record there.
  public let register: String

  /// What the members say.
  public init(point: DeviceID, station: StationID, power: Power, v2g: Bool, storage: String, register: String) {
    self.point = point
    self.station = station
    self.power = power
    self.v2g = v2g
    self.storage = storage
    self.register = register
  }

  /// What tells rows apart.
  public var key: DeviceID { point }
}

/// `point.removed`: a charging point leaves.
public struct PointRemoved: EventPayload {
  /// The event's type.
  public static let type = "point.removed"
  /// The members.
  public static let members = Members(
    Self.init(point:), Member("point", \.point))

  /// The charging point.
  public let point: DeviceID

  /// What the members say.
  public init(point: DeviceID) {
    self.point = point
  }
}

/// `restriction.set`: the DSO bounds what charging points may supply.
public struct RestrictionSet: EventPayload, TableRow {
  /// The event's type.
  public static let type = "restriction.set"
  /// The members.
  public static let members = Members(
    Self.init(restriction:start:end:v2g:maximum:minimum:), Member("restriction", \.restriction),
    Member("start", \.start), Member("end", \.end), Member("v2g", \.v2g), Member("maximum", \.maximum),
    Member("minimum", \.minimum))

  /// The DSO's name for it.
  public let restriction: RestrictionID
  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant
  /// Whether vehicles shall give energy back where they can.
  public let v2g: Bool
  /// At most, for each point.
  public let maximum: Power
  /// At least; negative gives energy back.
  public let minimum: Power

  /// What the members say.
  public init(restriction: RestrictionID, start: Instant, end: Instant, v2g: Bool, maximum: Power, minimum: Power) {
    self.restriction = restriction
    self.start = start
    self.end = end
    self.v2g = v2g
    self.maximum = maximum
    self.minimum = minimum
  }

  /// What tells rows apart.
  public var key: RestrictionID { restriction }
}
