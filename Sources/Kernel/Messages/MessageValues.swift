import Encoding
import Quantities

/// A time as messages tell it: RFC 3339 in UTC with milliseconds.
public struct Timestamp: WrittenValue, Hashable {
  /// The time.
  public let instant: Instant
  /// `instant`, as text.
  public init(_ instant: Instant) { self.instant = instant }
  /// RFC 3339.
  public static var schema: Schema { .time }
  /// Writes the text.
  public func write(to writer: inout JSONWriter) { writer.string(instant.description) }
}

/// A quantity that messages tell as a decimal number of a larger unit.
public protocol DecimalQuantity: Quantity {
  /// The unit of the number, "kWh".
  static var decimalUnit: String { get }
  /// How many decimals the counted unit stands below it.
  static var decimals: Int { get }
}

extension Energy: DecimalQuantity {
  /// kWh.
  public static var decimalUnit: String { "kWh" }
  /// 3.
  public static var decimals: Int { 3 }
}

extension Power: DecimalQuantity {
  /// kW.
  public static var decimalUnit: String { "kW" }
  /// 3.
  public static var decimals: Int { 3 }
}

extension Price: DecimalQuantity {
  /// The LEM's currency per kWh.
  public static var decimalUnit: String { "currency/kWh" }
  /// 6.
  public static var decimals: Int { 6 }
}

extension Measure: DecimalQuantity {
  /// That of the unit.
  public static var decimalUnit: String { Unit.name }
  /// Those of the unit.
  public static var decimals: Int { Unit.decimals }
}

/// An exact decimal number: JSON's number has no binary in it.
public struct Decimal<Amount: DecimalQuantity>: WrittenValue, Hashable {
  /// The amount.
  public let amount: Amount
  /// `amount` in its decimal unit.
  public init(_ amount: Amount) { self.amount = amount }
  /// A number.
  public static var schema: Schema { .number(Amount.decimalUnit) }
  /// Writes all its digits.
  public func write(to writer: inout JSONWriter) {
    writer.raw(Decimals.format(amount.units, decimals: Amount.decimals).utf8)
  }
}

/// A period of a message: `{"start","end"}` and what `Content` adds.
public struct Period<Content: PeriodContent>: WrittenValue {
  private let start: Instant
  private let end: Instant
  private let content: Content

  /// `content` holds in `slot`.
  public init(_ slot: Slot, _ content: Content) { self.init(slot.start, slot.end, content) }

  /// `content` holds from `start` to `end`.
  public init(_ start: Instant, _ end: Instant, _ content: Content) {
    (self.start, self.end, self.content) = (start, end, content)
  }

  /// The times and the content.
  public static var schema: Schema {
    .object(
      [Schema.Property(name: "start", schema: .time), Schema.Property(name: "end", schema: .time)] + Content.properties)
  }

  /// Writes the object.
  public func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("start", start.description)
      fields.field("end", end.description)
      content.write(fields: &fields)
    }
  }
}

/// What a period says besides its times.
public protocol PeriodContent: Sendable {
  /// The members.
  static var properties: [Schema.Property] { get }
  /// Writes the members.
  func write(fields writer: inout JSONWriter)
}

/// `value`: the deliverable's Timeseries.
public struct PeriodValue<Value: WrittenValue>: PeriodContent {
  private let value: Value
  /// `value`.
  public init(_ value: Value) { self.value = value }
  /// `value`.
  public static var properties: [Schema.Property] { [Schema.Property(name: "value", schema: Value.schema)] }
  /// Writes `value`.
  public func write(fields writer: inout JSONWriter) {
    writer.name("value")
    value.write(to: &writer)
  }
}

/// `eImported` and `eExported`: the deliverable's Period of M7 and EnergyPeriod of M8.
public struct PeriodEnergy: PeriodContent {
  private let imported: Energy
  private let exported: Energy
  /// Taken from the grid, and given to it.
  public init(imported: Energy, exported: Energy) { (self.imported, self.exported) = (imported, exported) }
  /// Two energies.
  public static var properties: [Schema.Property] {
    ["eImported", "eExported"].map { Schema.Property(name: $0, schema: Decimal<Energy>.schema) }
  }
  /// Writes both.
  public func write(fields writer: inout JSONWriter) {
    writer.name("eImported")
    Decimal(imported).write(to: &writer)
    writer.name("eExported")
    Decimal(exported).write(to: &writer)
  }
}

/// `eCharge` and `eDischarge`: the deliverable's ChargePeriod.
public struct PeriodCharge: PeriodContent {
  private let charge: Energy
  private let discharge: Energy
  /// Stored, and given back.
  public init(charge: Energy, discharge: Energy) { (self.charge, self.discharge) = (charge, discharge) }
  /// Two energies.
  public static var properties: [Schema.Property] {
    ["eCharge", "eDischarge"].map { Schema.Property(name: $0, schema: Decimal<Energy>.schema) }
  }
  /// Writes both.
  public func write(fields writer: inout JSONWriter) {
    writer.name("eCharge")
    Decimal(charge).write(to: &writer)
    writer.name("eDischarge")
    Decimal(discharge).write(to: &writer)
  }
}

/// A curve as a message tells it: an array of `{"start","end","value"}`.
public typealias Timeseries<Amount: DecimalQuantity> = [Period<PeriodValue<Decimal<Amount>>>]

extension Array {
  /// The curve that has `amounts` in `slots`.
  public init<Amount: DecimalQuantity>(_ slots: SlotRange, _ amounts: [Amount]) where Self == Timeseries<Amount> {
    self = zip(slots, amounts).map { Period($0, PeriodValue(Decimal($1))) }
  }
}
