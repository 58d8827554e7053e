import Encoding

/// All members of an object, declared once: reading, writing and the schema follow from it.
public protocol ObjectDescription<Payload>: Sendable {
  /// The object.
  associatedtype Payload
  /// Reads the members.
  func read(_ fields: inout JSONFields) throws(JSONError) -> Payload
  /// Writes the members in their order.
  func write(_ payload: Payload, to writer: inout JSONWriter)
  /// The members.
  var properties: [Schema.Property] { get }
}

/// The members of `Payload`, in their order, and how a payload is made of their values.
///
/// Reading is inlinable: each module's events are read by code for their own members, not through tables at run time.
public struct Members<Payload, each Value: MemberValue>: ObjectDescription {
  @usableFromInline let make: @Sendable (repeat each Value) throws(JSONError) -> Payload
  @usableFromInline let members: (repeat Member<Payload, each Value>)

  /// Members whose values `make` puts together, refusing those that do not agree.
  public init(
    _ make: @escaping @Sendable (repeat each Value) throws(JSONError) -> Payload,
    _ members: repeat Member<Payload, each Value>
  ) {
    self.make = make
    self.members = (repeat each members)
  }

  /// Reads the members.
  @inlinable
  public func read(_ fields: inout JSONFields) throws(JSONError) -> Payload {
    try make(repeat try (each members).read(&fields))
  }

  /// Writes the members in their order.
  public func write(_ payload: Payload, to writer: inout JSONWriter) {
    repeat (each members).write(payload, to: &writer)
  }

  /// The members.
  public var properties: [Schema.Property] {
    var all: [Schema.Property] = []
    repeat all.append((each members).described)
    return all
  }
}

/// A value that is an object.
public protocol MemberObject: MemberValue {
  /// The type of ``members``.
  associatedtype Description: ObjectDescription where Description.Payload == Self
  /// The members.
  static var members: Description { get }
  /// Reads the members of an object that may have others.
  init(_ fields: inout JSONFields) throws(JSONError)
}

extension MemberObject {
  /// An object with the members.
  public static var schema: Schema { .object(members.properties) }

  /// Reads the members of an object that may have others.
  @inlinable
  public init(_ fields: inout JSONFields) throws(JSONError) { self = try Self.members.read(&fields) }

  /// Reads an object that has no others.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Self {
    var fields = try value.fields()
    let object = try members.read(&fields)
    try fields.finish()
    return object
  }

  /// Writes the members into an object that may have others.
  public func write(fields writer: inout JSONWriter) { Self.members.write(self, to: &writer) }

  /// Writes the object.
  public func write(to writer: inout JSONWriter) { writer.object { write(fields: &$0) } }
}
