import Encoding
import Quantities

/// What an ``AreaID`` names.
public enum AreaKind {}
/// What a ``BuildingID`` names.
public enum BuildingKind {}
/// A neighbourhood, or the part of the grid that serves it.
public typealias AreaID = Identifier<AreaKind>
/// A building of a participant.
public typealias BuildingID = Identifier<BuildingKind>

/// `area.registered`: a neighbourhood gets a name and a place, or a new place.
public struct AreaRegistered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "area.registered"
  /// The members.
  public static let members = Members(
    Self.init, Member("area", \.area), Member("longitude", \.longitude), Member("latitude", \.latitude),
    Member("city", \.city), Member("country", \.country))

  /// The neighbourhood.
  public let area: AreaID
  /// Its middle, not that of a house.
  public let longitude: Measure<Microdegree>
  /// Its middle, not that of a house.
  public let latitude: Measure<Microdegree>
  /// The city or village.
  public let city: String
  /// The country.
  public let country: String

  /// `area` lies there.
  public init(
    area: AreaID, longitude: Measure<Microdegree>, latitude: Measure<Microdegree>, city: String, country: String
  ) {
    (self.area, self.longitude, self.latitude, self.city, self.country) = (area, longitude, latitude, city, country)
  }

  /// The neighbourhood.
  public var key: AreaID { area }
}

/// `building.registered`: a participant has a building in an area. Its address is kept off the log.
public struct BuildingRegistered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "building.registered"
  /// The members.
  public static let members = Members(
    Self.init, Member("building", \.building), Member("area", \.area), Member("party", \.party))

  /// The building.
  public let building: BuildingID
  /// Where it stands.
  public let area: AreaID
  /// Whose it is.
  public let party: PartyID

  /// `party` has `building` in `area`.
  public init(building: BuildingID, area: AreaID, party: PartyID) {
    (self.building, self.area, self.party) = (building, area, party)
  }

  /// The building.
  public var key: BuildingID { building }
}

extension AreaRegistered: ModuleEvent {
  /// Refuses a latitude beyond the poles, and more areas than a community may have.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard abs(latitude.units) <= 90_000_000 else {
      throw Rejection(.invalid, "latitude_invalid", "\(latitude) is no latitude")
    }
    guard registry.areas[area] != nil || registry.areas.count < Registry.maximumAreas else {
      throw Rejection(.conflict, "areas_full", "a community has at most \(Registry.maximumAreas) areas")
    }
  }

  /// The area lies there.
  public func apply(to registry: inout Registry, in context: Context) { registry.areas.put(self) }
}

extension BuildingRegistered: ModuleEvent {
  /// Refuses a building that exists, an unknown area, a party that has not joined.
  public func check(_ registry: Registry, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard registry.buildings[building] == nil else {
      throw Rejection(.conflict, "building_exists", "Building already exists: \(building)")
    }
    _ = try registry.requireArea(area)
    try registry.requireActive(party)
    guard registry.buildings.count < Registry.maximumBuildings else {
      throw Rejection(.conflict, "buildings_full", "a community has at most \(Registry.maximumBuildings) buildings")
    }
  }

  /// The building stands.
  public func apply(to registry: inout Registry, in context: Context) { registry.buildings.put(self) }
}
