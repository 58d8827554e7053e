import Encoding
import Kernel
import Quantities

/// `forecast.adjusted`: what a building is now expected to take, after what was measured.
public struct ForecastAdjusted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "forecast.adjusted"
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

/// `schedule.planned`: when a smart device is to run.
public struct SchedulePlanned: EventPayload, TableRow {
  /// The event's type.
  public static let type = "schedule.planned"
  /// The members.
  public static let members = Members(
    Self.init(device:first:energy:), Member("device", \.device), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// The device.
  public let device: DeviceID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// To take in each slot.
  public let energy: [Energy]

  /// What the members say.
  public init(device: DeviceID, first: Slot, energy: [Energy]) throws(JSONError) {
    self.device = device
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }

  /// What tells rows apart.
  public var key: DeviceID { device }
}
