import Encoding
import Quantities

extension Int: MemberValue {
  /// Any integer that JSON carries exactly.
  public static var schema: Schema { .integer(-JSONValue.largestInteger...JSONValue.largestInteger, nil) }
  /// Reads an integer.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Int { try value.integer() }
  /// Reads an array of integers.
  @inlinable
  public static func readAll(_ array: JSONValue) throws(JSONError) -> [Int] { try array.integers() }
  /// Writes an integer.
  public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Bool: MemberValue {
  /// true or false.
  public static var schema: Schema { .boolean }
  /// Reads true or false.
  public static func read(_ value: JSONValue) throws(JSONError) -> Bool { try value.boolean() }
  /// Writes true or false.
  public func write(to writer: inout JSONWriter) { writer.boolean(self) }
}

extension String: MemberValue {
  /// The longest text of a member, in bytes.
  public static let maximumLength = 256
  /// A short text.
  public static var schema: Schema { .text(maximumLength) }
  /// Reads a text of at most ``maximumLength`` bytes without control characters.
  public static func read(_ value: JSONValue) throws(JSONError) -> String {
    let text = try value.string()
    guard text.utf8.count <= maximumLength else {
      throw JSONError(.value, "the text has \(text.utf8.count) bytes, more than \(maximumLength)")
    }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw JSONError(.value, "\(quoted(text)) has a control character")
    }
    return text
  }
  /// Writes a text.
  public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Optional: WrittenValue where Wrapped: WrittenValue {
  /// The value or null.
  public static var schema: Schema { .nullable(Wrapped.schema) }
  /// Whether there is none.
  public var isAbsent: Bool { self == nil }
  /// Writes the value, or null.
  public func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.null() }
  }
}

extension Optional: MemberValue where Wrapped: MemberValue {
  /// None.
  @inlinable public static var absent: Self? { .some(.none) }
  /// Reads the value, or none from null.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Self { value.isNull ? nil : try Wrapped.read(value) }
}

extension Array: WrittenValue where Element: WrittenValue {
  /// An array.
  public static var schema: Schema { .array(Element.schema) }
  /// Writes all elements.
  public func write(to writer: inout JSONWriter) {
    writer.array { writer in
      for element in self { element.write(to: &writer) }
    }
  }
}

extension Array: MemberValue where Element: MemberValue {
  /// Reads all elements.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> [Element] { try Element.readAll(value) }
}

extension Identifier: MemberValue {
  /// A pseudonymous name.
  public static var schema: Schema { .identifier }
  /// Reads a name.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Identifier { try value.identifier() }
  /// Writes a name.
  public func write(to writer: inout JSONWriter) { writer.string(text) }
}

extension Slot: MemberValue {
  /// The number of a quarter-hour.
  public static var schema: Schema { .integer(0...numbers.upperBound - 1, "quarter-hours since 1970-01-01T00:00Z") }
  /// Reads its number.
  public static func read(_ value: JSONValue) throws(JSONError) -> Slot { try value.slot() }
  /// Writes its number.
  public func write(to writer: inout JSONWriter) { writer.integer(number) }
}

extension Instant: MemberValue {
  private static let range = 0...Slot.numbers.upperBound * Slot.milliseconds - 1
  /// Milliseconds.
  public static var schema: Schema { .integer(range, "ms since 1970-01-01T00:00Z") }
  /// Reads milliseconds since 1970.
  public static func read(_ value: JSONValue) throws(JSONError) -> Instant {
    let milliseconds = try value.integer()
    guard range.contains(milliseconds) else {
      throw JSONError(.value, "\(milliseconds) is not a time between 1970 and 9999")
    }
    return Instant(milliseconds: milliseconds)
  }
  /// Writes milliseconds since 1970.
  public func write(to writer: inout JSONWriter) { writer.integer(milliseconds) }
}

/// A quantity that events carry as the integer count of its units, within bounds.
public protocol BoundedQuantity: Quantity, MemberValue {
  /// The counts that may be.
  static var range: ClosedRange<Int> { get }
  /// What one count is, "Wh".
  static var unit: String { get }
}

extension BoundedQuantity {
  /// The bounds and the unit.
  public static var schema: Schema { .integer(range, unit) }
  /// Reads the count.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Self {
    let units = try value.integer()
    guard range.contains(units) else { throw outside(units) }
    return Self(units: units)
  }
  /// Reads an array of counts.
  @inlinable
  public static func readAll(_ array: JSONValue) throws(JSONError) -> [Self] {
    let (counts, range) = (try array.integers(), range)
    if let units = counts.first(where: { !range.contains($0) }) { throw outside(units) }
    return counts.map(Self.init(units:))
  }
  @usableFromInline
  static func outside(_ units: Int) -> JSONError {
    JSONError(.value, "\(units) \(unit) is outside \(range.lowerBound) … \(range.upperBound)")
  }
  /// Writes the count.
  public func write(to writer: inout JSONWriter) { writer.integer(units) }
}

extension Energy: BoundedQuantity {
  /// What one party may order or meter in one slot.
  public static var range: ClosedRange<Int> { 0...maximumPerSlot.units }
  /// Wh.
  public static var unit: String { "Wh" }
}

extension Power: BoundedQuantity {
  /// ±1 GW; negative gives.
  public static var range: ClosedRange<Int> { -1_000_000_000...1_000_000_000 }
  /// W.
  public static var unit: String { "W" }
}

extension Price: BoundedQuantity {
  /// Up to the highest price.
  public static var range: ClosedRange<Int> { 0...maximum.units }
  /// Millionths of the currency per kWh.
  public static var unit: String { "µ-units/kWh" }
}

extension Measure: WrittenValue {}
extension Measure: MemberValue {}
extension Measure: BoundedQuantity {
  /// Those of the unit.
  public static var range: ClosedRange<Int> { Unit.range }
  /// The unit and the power of ten.
  public static var unit: String { Unit.decimals == 0 ? Unit.name : "10^-\(Unit.decimals) \(Unit.name)" }
}

/// A sum of energies, to which the bound of one party does not apply.
public struct EnergySum: MemberValue {
  /// The sum, not negative.
  public let energy: Energy
  /// `energy`, a sum.
  public init(_ energy: Energy) { self.energy = energy }
  /// Wh.
  public static var schema: Schema { .integer(0...JSONValue.largestInteger, "Wh") }
  /// Reads a sum.
  public static func read(_ value: JSONValue) throws(JSONError) -> EnergySum {
    let wattHours = try value.integer()
    guard wattHours >= 0 else { throw JSONError(.value, "a sum of energies is negative") }
    return EnergySum(Energy(wattHours: wattHours))
  }
  /// Writes a sum.
  public func write(to writer: inout JSONWriter) { writer.integer(energy.units) }
}
