import Encoding
import Quantities

/// One member of an object: its name, its kind of value, and where the value stands in the payload.
public struct Member<Payload, Value: MemberValue>: Sendable {
  @usableFromInline let name: StaticString
  let value: @Sendable (Payload) -> Value
  /// How many elements or bytes it may have, where that is limited.
  @usableFromInline let count: ClosedRange<Int>?
  @usableFromInline let length: @Sendable (Value) -> Int

  /// The member `name`, found in a payload by `value`.
  public init(_ name: StaticString, _ value: @escaping @Sendable (Payload) -> Value) {
    (self.name, self.value, count, length) = (name, value, nil, { _ in 0 })
  }

  /// The array `name` of so many elements.
  public init<Element>(
    _ name: StaticString, _ value: @escaping @Sendable (Payload) -> Value, count: ClosedRange<Int>
  ) where Value == [Element] {
    (self.name, self.value, self.count, length) = (name, value, count, { $0.count })
  }

  /// The curve `name`: one element a slot.
  public init<Element>(
    curve name: StaticString, _ value: @escaping @Sendable (Payload) -> Value
  ) where Value == [Element] {
    self.init(name, value, count: 1...SlotRange.maximumCount)
  }

  @inlinable
  func read(_ fields: inout JSONFields) throws(JSONError) -> Value {
    guard let found = fields.optional(name) else {
      if let absent = Value.absent { return absent }
      throw JSONError(.missing, "the field \"\(name)\" is missing")
    }
    do throws(JSONError) {
      let value = try Value.read(found)
      if let count, !count.contains(length(value)) {
        throw JSONError(.value, "\(length(value)) elements are not \(count.lowerBound) to \(count.upperBound)")
      }
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
