import Encoding
import Kernel
import Quantities

/// What a ``MeasureID`` names.
public enum MeasureKind {}
/// A countermeasure.
public typealias MeasureID = Identifier<MeasureKind>

/// `grid.assessed`: how an area's grid is.
public struct GridAssessed: EventPayload, TableRow {
  /// The event's type.
  public static let type = "grid.assessed"
  /// The members.
  public static let members = Members(
    Self.init(area:slot:condition:loading:minimumVoltage:maximumVoltage:), Member("area", \.area),
    Member("slot", \.slot), Member("condition", \.condition), Member("loading", \.loading),
    Member("minimumVoltage", \.minimumVoltage), Member("maximumVoltage", \.maximumVoltage))

  /// Where.
  public let area: AreaID
  /// When.
  public let slot: Slot
  /// In one word.
  public let condition: GridCondition
  /// Of the transformer.
  public let loading: Measure<Loading>
  /// The lowest at any node.
  public let minimumVoltage: Measure<Millivolt>
  /// The highest at any node.
  public let maximumVoltage: Measure<Millivolt>

  /// What the members say.
  public init(
    area: AreaID, slot: Slot, condition: GridCondition, loading: Measure<Loading>, minimumVoltage: Measure<Millivolt>,
    maximumVoltage: Measure<Millivolt>
  ) {
    self.area = area
    self.slot = slot
    self.condition = condition
    self.loading = loading
    self.minimumVoltage = minimumVoltage
    self.maximumVoltage = maximumVoltage
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `bottleneck.detected`: a node of the grid is, or will be, beyond its limits.
public struct BottleneckDetected: EventPayload, TableRow {
  /// The event's type.
  public static let type = "bottleneck.detected"
  /// The members.
  public static let members = Members(
    Self.init(area:node:phase:slot:quantity:bound:value:limit:), Member("area", \.area), Member("node", \.node),
    Member("phase", \.phase), Member("slot", \.slot), Member("quantity", \.quantity), Member("bound", \.bound),
    Member("value", \.value), Member("limit", \.limit))

  /// Where.
  public let area: AreaID
  /// Which node.
  public let node: String
  /// Which conductor.
  public let phase: Phase
  /// When.
  public let slot: Slot
  /// Of what.
  public let quantity: GridQuantity
  /// Which limit.
  public let bound: Bound
  /// What is there, in the unit of the quantity.
  public let value: Measure<Thousandth>
  /// What may be.
  public let limit: Measure<Thousandth>

  /// What the members say.
  public init(
    area: AreaID, node: String, phase: Phase, slot: Slot, quantity: GridQuantity, bound: Bound,
    value: Measure<Thousandth>, limit: Measure<Thousandth>
  ) {
    self.area = area
    self.node = node
    self.phase = phase
    self.slot = slot
    self.quantity = quantity
    self.bound = bound
    self.value = value
    self.limit = limit
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `power.limited`: how much power an area can supply.
public struct PowerLimited: EventPayload, TableRow {
  /// The event's type.
  public static let type = "power.limited"
  /// The members.
  public static let members = Members(
    Self.init(area:start:end:maximum:minimum:), Member("area", \.area), Member("start", \.start), Member("end", \.end),
    Member("maximum", \.maximum), Member("minimum", \.minimum))

  /// Where.
  public let area: AreaID
  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant
  /// At most.
  public let maximum: Power
  /// At least; negative takes energy back.
  public let minimum: Power

  /// What the members say.
  public init(area: AreaID, start: Instant, end: Instant, maximum: Power, minimum: Power) {
    self.area = area
    self.start = start
    self.end = end
    self.maximum = maximum
    self.minimum = minimum
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `countermeasure.calculated`: what would help the grid.
public struct CountermeasureCalculated: EventPayload, TableRow {
  /// The event's type.
  public static let type = "countermeasure.calculated"
  /// The members.
  public static let members = Members(
    Self.init(area:measure:kind:device:start:end:power:), Member("area", \.area), Member("measure", \.measure),
    Member("kind", \.kind), Member("device", \.device), Member("start", \.start), Member("end", \.end),
    Member("power", \.power))

  /// Where.
  public let area: AreaID
  /// Its name.
  public let measure: MeasureID
  /// What to do.
  public let kind: CountermeasureKind
  /// With which device, where it is one.
  public let device: DeviceID?
  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant
  /// How much.
  public let power: Power

  /// What the members say.
  public init(
    area: AreaID, measure: MeasureID, kind: CountermeasureKind, device: DeviceID?, start: Instant, end: Instant,
    power: Power
  ) {
    self.area = area
    self.measure = measure
    self.kind = kind
    self.device = device
    self.start = start
    self.end = end
    self.power = power
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `battery.reported`: what a battery stored and gave back.
public struct BatteryReported: EventPayload, TableRow {
  /// The event's type.
  public static let type = "battery.reported"
  /// The members.
  public static let members = Members(
    Self.init(device:capacity:charge:first:stored:given:), Member("device", \.device), Member("capacity", \.capacity),
    Member("charge", \.charge), Member("first", \.slots.first), Member(curve: "stored", \.stored),
    Member(curve: "given", \.given))

  /// The battery.
  public let device: DeviceID
  /// What it holds when it is full.
  public let capacity: Energy
  /// How full it is.
  public let charge: Measure<PerMille>
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// Stored in each slot.
  public let stored: [Energy]
  /// Given back in each slot.
  public let given: [Energy]

  /// What the members say.
  public init(
    device: DeviceID, capacity: Energy, charge: Measure<PerMille>, first: Slot, stored: [Energy], given: [Energy]
  ) throws(JSONError) {
    self.device = device
    self.capacity = capacity
    self.charge = charge
    self.stored = stored
    self.given = given
    slots = try SlotRange(first, curves: stored.count, given.count)
  }

  /// What tells rows apart.
  public var key: DeviceID { device }
}
