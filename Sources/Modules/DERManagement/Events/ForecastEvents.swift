import Encoding
import Kernel
import Quantities

/// `share.predicted`: which share of the energy will be local and renewable.
public struct SharePredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "share.predicted"
  /// The members.
  public static let members = Members(
    Self.init(area:first:share:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "share", \.share))

  /// Where.
  public let area: AreaID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
  public let share: [Measure<PerMille>]

  /// What the members say.
  public init(area: AreaID, first: Slot, share: [Measure<PerMille>]) throws(JSONError) {
    self.area = area
    self.share = share
    slots = try SlotRange(first, curves: share.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `demand.predicted`: how much energy an area will take.
public struct DemandPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "demand.predicted"
  /// The members.
  public static let members = Members(
    Self.init(area:first:energy:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// Where.
  public let area: AreaID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
  public let energy: [Energy]

  /// What the members say.
  public init(area: AreaID, first: Slot, energy: [Energy]) throws(JSONError) {
    self.area = area
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `production.predicted`: how much renewable energy an area will produce.
public struct ProductionPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "production.predicted"
  /// The members.
  public static let members = Members(
    Self.init(area:first:energy:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// Where.
  public let area: AreaID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
  public let energy: [Energy]

  /// What the members say.
  public init(area: AreaID, first: Slot, energy: [Energy]) throws(JSONError) {
    self.area = area
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `surplus.predicted`: how much renewable energy an area will have left over.
public struct SurplusPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "surplus.predicted"
  /// The members.
  public static let members = Members(
    Self.init(area:first:energy:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// Where.
  public let area: AreaID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
  public let energy: [Energy]

  /// What the members say.
  public init(area: AreaID, first: Slot, energy: [Energy]) throws(JSONError) {
    self.area = area
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `generation.predicted`: how much a PV system or wind turbine will produce.
public struct GenerationPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "generation.predicted"
  /// The members.
  public static let members = Members(
    Self.init(device:first:energy:), Member("device", \.device), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// Which.
  public let device: DeviceID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
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

/// `signal.issued`: when to use energy: 1 avoid, 2 as usual, 3 use it now.
public struct SignalIssued: EventPayload, TableRow {
  /// The event's type.
  public static let type = "signal.issued"
  /// The members.
  public static let members = Members(
    Self.init(area:first:level:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "level", \.level))

  /// Where.
  public let area: AreaID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// In each slot.
  public let level: [SignalLevel]

  /// What the members say.
  public init(area: AreaID, first: Slot, level: [SignalLevel]) throws(JSONError) {
    self.area = area
    self.level = level
    slots = try SlotRange(first, curves: level.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}
