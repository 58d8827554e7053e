import Encoding
import Kernel
import Quantities

/// `anomaly.detected`: something is not as it usually is.
public struct AnomalyDetected: EventPayload, TableRow {
  /// The event's type.
  public static let type = "anomaly.detected"
  /// The members.
  public static let members = Members(
    Self.init(anomaly:area:from:to:kind:severity:device:unit:first:value:), Member("anomaly", \.anomaly),
    Member("area", \.area), Member("from", \.from), Member("to", \.to), Member("kind", \.kind),
    Member("severity", \.severity), Member("device", \.device), Member("unit", \.unit), Member("first", \.slots.first),
    Member(curve: "value", \.value))

  /// The event's number.
  public let anomaly: Int
  /// Where.
  public let area: AreaID
  /// Since when.
  public let from: Instant
  /// Until when.
  public let to: Instant
  /// What sort.
  public let kind: AnomalyKind
  /// How bad.
  public let severity: Severity
  /// With which device, where it is one.
  public let device: DeviceID?
  /// Of the values.
  public let unit: String
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// What was there, in each slot.
  public let value: [Measure<Thousandth>]

  /// What the members say.
  public init(
    anomaly: Int, area: AreaID, from: Instant, to: Instant, kind: AnomalyKind, severity: Severity, device: DeviceID?,
    unit: String, first: Slot, value: [Measure<Thousandth>]
  ) throws(JSONError) {
    self.anomaly = anomaly
    self.area = area
    self.from = from
    self.to = to
    self.kind = kind
    self.severity = severity
    self.device = device
    self.unit = unit
    self.value = value
    slots = try SlotRange(first, curves: value.count)
  }

  /// What tells rows apart.
  public var key: Int { anomaly }
}

/// `countermeasure.selected`: what is done about an anomaly.
public struct CountermeasureSelected: EventPayload, TableRow {
  /// The event's type.
  public static let type = "countermeasure.selected"
  /// The members.
  public static let members = Members(
    Self.init(anomaly:measure:target:start:end:cost:benefit:), Member("anomaly", \.anomaly),
    Member("measure", \.measure), Member("target", \.target), Member("start", \.start), Member("end", \.end),
    Member("cost", \.cost), Member("benefit", \.benefit))

  /// About which.
  public let anomaly: Int
  /// What is done.
  public let measure: String
  /// Who does it.
  public let target: Correspondent
  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant
  /// What it costs.
  public let cost: Measure<MicroCurrency>
  /// What it saves.
  public let benefit: Measure<MicroCurrency>

  /// What the members say.
  public init(
    anomaly: Int, measure: String, target: Correspondent, start: Instant, end: Instant, cost: Measure<MicroCurrency>,
    benefit: Measure<MicroCurrency>
  ) {
    self.anomaly = anomaly
    self.measure = measure
    self.target = target
    self.start = start
    self.end = end
    self.cost = cost
    self.benefit = benefit
  }

  /// What tells rows apart.
  public var key: Int { anomaly }
}
