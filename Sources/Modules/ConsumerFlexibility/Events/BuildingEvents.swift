import Encoding
import Kernel
import Quantities

/// `building.forecast`: what a building is expected to take, a day ahead.
public struct BuildingForecast: EventPayload, TableRow {
  /// The event's type.
  public static let type = "building.forecast"
  /// The members.
  public static let members = Members(
    Self.init(building:first:energy:), Member("building", \.building), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// The building.
  public let building: BuildingID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// Expected in each slot.
  public let energy: [Energy]

  /// What the members say.
  public init(building: BuildingID, first: Slot, energy: [Energy]) throws(JSONError) {
    self.building = building
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }

  /// What tells rows apart.
  public var key: BuildingID { building }
}

/// `flexibility.offered`: by how much a building can take less or more than its forecast.
public struct FlexibilityOffered: EventPayload, TableRow {
  /// The event's type.
  public static let type = "flexibility.offered"
  /// The members.
  public static let members = Members(
    Self.init(building:first:less:more:), Member("building", \.building), Member("first", \.slots.first),
    Member(curve: "less", \.less), Member(curve: "more", \.more))

  /// The building.
  public let building: BuildingID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// What it can do without, in each slot.
  public let less: [Energy]
  /// What it can take besides, in each slot.
  public let more: [Energy]

  /// What the members say.
  public init(building: BuildingID, first: Slot, less: [Energy], more: [Energy]) throws(JSONError) {
    self.building = building
    self.less = less
    self.more = more
    slots = try SlotRange(first, curves: less.count, more.count)
  }

  /// What tells rows apart.
  public var key: BuildingID { building }
}
