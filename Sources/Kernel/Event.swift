import Encoding

/// The members of one type of event.
///
/// An event is an object with a `type` and the members of that type. Reading refuses members that the type does not have;
/// writing gives the members one order.
public protocol EventPayload: MemberObject {
  /// The type, such as `order.placed`.
  static var type: String { get }
}

extension EventPayload {
  /// The event as an object of an entry.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { object in
        object.field("type", Self.type)
        write(fields: &object)
      }
    }
  }

  /// The event as an object of an entry.
  public static var eventSchema: Schema {
    .object([Schema.Property(name: "type", schema: .constant(type))] + members.properties)
  }
}

/// Something that can happen in a module: what it says, when it may follow, what it changes, what the platform is told.
///
/// Rules live in ``check(_:in:)``; ``apply(to:in:)`` carries out what was checked and cannot fail. Both see the same state
/// and context on every validator, and nothing else: no clock, no randomness, no floating point, no order of a dictionary.
public protocol ModuleEvent<Owner>: EventPayload {
  /// The module in which it happens.
  associatedtype Owner: Module
  /// What the platform is told of it.
  static var messages: [MessageTemplate<Self>] { get }
  /// Refuses the event unless it may follow `state`.
  func check(_ state: Owner, in context: Context) throws(Rejection)
  /// Changes `state` as the event says, which ``check(_:in:)`` has passed.
  func apply(to state: inout Owner, in context: Context)
}

extension ModuleEvent {
  /// Nothing.
  public static var messages: [MessageTemplate<Self>] { [] }

  /// What the platform is told: a function of the event and the state before it.
  public func messages(from state: Owner, in context: Context) -> [Message] {
    Self.messages.flatMap { $0.messages(for: Told(event: self, state: state, context: context)) }
  }
}
