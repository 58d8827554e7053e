import Encoding

/// Everything that can happen in one module.
///
/// An event is an object with a `type` and the members of that type. Reading refuses members that the type does not have;
/// writing gives the members one order.
public protocol Event: Sendable {
  /// All types of this module's events, such as `order.placed`.
  static var types: [String] { get }
  /// This event's type, one of ``types``.
  var type: String { get }
  /// Reads the members of an event of `type`, one of ``types``.
  init(type: String, _ fields: inout JSONFields) throws(JSONError)
  /// Writes the members that ``init(type:_:)`` reads.
  func write(to writer: inout JSONWriter)
}

extension Event {
  /// The event as an object of an entry.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { object in
        object.field("type", type)
        write(to: &object)
      }
    }
  }
}

/// The members of one type of event.
public protocol EventPayload: Sendable, Hashable {
  /// The type, such as `order.placed`.
  static var type: String { get }
  /// Reads the members.
  init(_ fields: inout JSONFields) throws(JSONError)
  /// Writes the members in their order.
  func write(to writer: inout JSONWriter)
}
