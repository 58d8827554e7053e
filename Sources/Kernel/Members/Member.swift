import Encoding
import Quantities

/// One member of an object: its name, its kind of value, and where the value stands in the payload.
///
/// What reads it is made where its type is known, so that each module's events are read by code of their own: through
/// tables of types, reading an event would take half as long again.
public struct Member<Payload, Value: MemberValue>: Sendable {
  @usableFromInline let name: StaticString
  @usableFromInline let value: @Sendable (Payload) -> Value
  /// How many elements it may have, where that is limited.
  @usableFromInline let count: ClosedRange<Int>?
  @usableFromInline let read: @Sendable (inout JSONFields) throws(JSONError) -> Value

  /// The member `name`, found in a payload by `value`.
  @inlinable
  public init(_ name: StaticString, _ value: @escaping @Sendable (Payload) -> Value) {
    (self.name, self.value, count) = (name, value, nil)
    read = { (fields) throws(JSONError) in try Self.read(name, from: &fields) { (_) throws(JSONError) in } }
  }

  /// The array `name` of so many elements.
  @inlinable
  public init<Element>(
    _ name: StaticString, _ value: @escaping @Sendable (Payload) -> Value, count: ClosedRange<Int>
  ) where Value == [Element] {
    (self.name, self.value, self.count) = (name, value, count)
    read = { (fields) throws(JSONError) in
      try Self.read(name, from: &fields) { (value) throws(JSONError) in
        guard count.contains(value.count) else {
          throw JSONError(.value, "\(value.count) elements are not \(count.lowerBound) to \(count.upperBound)")
        }
      }
    }
  }

  /// The curve `name`: one element a slot.
  @inlinable
  public init<Element>(
    curve name: StaticString, _ value: @escaping @Sendable (Payload) -> Value
  ) where Value == [Element] {
    self.init(name, value, count: 1...SlotRange.maximumCount)
  }

  @inlinable
  static func read(
    _ name: StaticString, from fields: inout JSONFields, require: (Value) throws(JSONError) -> Void
  ) throws(JSONError) -> Value {
    guard let found = fields.optional(name) else {
      if let absent = Value.absent { return absent }
      throw JSONError(.missing, "the field \"\(name)\" is missing")
    }
    do throws(JSONError) {
      let value = try Value.read(found)
      try require(value)
      return value
    } catch {
      throw error.inside(name)
    }
  }

  func write(_ payload: Payload, to writer: inout JSONWriter) {
    let value = value(payload)
    guard !value.isAbsent else { return }
    writer.name(name.description)
    value.write(to: &writer)
  }

  var described: Schema.Property {
    let schema = count.map { Schema.counted(Value.schema, $0) } ?? Value.schema
    return Schema.Property(name: name.description, schema: schema, isRequired: Value.absent == nil)
  }
}
