import Encoding
import Quantities

/// What a message is made of: an event, the state before it, and its context.
public struct Told<Event: ModuleEvent>: Sendable {
  /// What happened.
  public let event: Event
  /// The module's state before it.
  public let state: Event.Owner
  /// Who said it, and when.
  public let context: Context
}

/// A kind of message that follows from a kind of event: its subjects, and its payload's members, declared once.
public struct MessageTemplate<Event: ModuleEvent>: Sendable {
  /// What the payload is made of.
  public typealias Source = Told<Event>

  /// The canonical subject, `{MOD}` standing for the module that speaks where any may.
  public let subject: String
  /// The deliverable's own subjects, where nobody who listens there is misled.
  public let also: [String]
  private let fill: @Sendable (String, Source) -> String
  private let body: Body

  private enum Body: Sendable {
    case object([Field<Source>])
    case value(Schema, @Sendable (Source, inout JSONWriter) -> Void)
  }

  /// A message whose payload is an object; it begins with the `timestamp` of the block unless `fields` have their own.
  public init(_ subject: String, also: [String] = [], isTimed: Bool = true, _ fields: [Field<Source>]) {
    (self.subject, self.also) = (subject, also)
    fill = { subject, _ in subject }
    body = .object((isTimed ? [Self.timestamp] : []) + fields)
  }

  /// A message whose subject names the correspondents that `names` finds, in the place of `{MOD}` and `{MOD2}`.
  public init(
    _ subject: String, also: [String] = [], isTimed: Bool = true,
    naming names: @escaping @Sendable (Source) -> [String],
    _ fields: [Field<Source>]
  ) {
    (self.subject, self.also) = (subject, also)
    fill = { subject, source in
      zip(["{MOD}", "{MOD2}"], names(source)).reduce(subject) { $0.replacing($1.0, by: $1.1) }
    }
    body = .object((isTimed ? [Self.timestamp] : []) + fields)
  }

  /// A message whose payload is `value`.
  public init<Value: WrittenValue>(
    _ subject: String, also: [String] = [], value: @escaping @Sendable (Source) -> Value
  ) {
    (self.subject, self.also) = (subject, also)
    fill = { subject, _ in subject }
    body = .value(Value.schema) { value($0).write(to: &$1) }
  }

  private static var timestamp: Field<Source> { Field("timestamp") { Timestamp($0.context.time) } }

  /// What the payload looks like.
  public var schema: Schema {
    switch body {
    case .object(let fields): .object(fields.map(\.property))
    case .value(let schema, _): schema
    }
  }

  /// The message on each of its subjects.
  func messages(for source: Source) -> [Message] {
    let payload = JSONWriter.bytes { writer in
      switch body {
      case .object(let fields): writer.object { object in fields.forEach { $0.write(source, &object) } }
      case .value(_, let write): write(source, &writer)
      }
    }
    return ([subject] + also).map { Message(fill($0, source), payload: payload) }
  }
}

/// One member of a message's payload.
public struct Field<Source>: Sendable {
  let property: Schema.Property
  let write: @Sendable (Source, inout JSONWriter) -> Void

  /// The member `name` whose value `value` finds; left out where it is absent.
  public init<Value: WrittenValue>(_ name: String, _ value: @escaping @Sendable (Source) -> Value) {
    property = Schema.Property(name: name, schema: Value.schema)
    write = { source, writer in
      writer.name(name)
      value(source).write(to: &writer)
    }
  }

  /// The member `name`, left out where `value` finds none.
  public init<Value: WrittenValue>(optional name: String, _ value: @escaping @Sendable (Source) -> Value?) {
    property = Schema.Property(name: name, schema: Value.schema, isRequired: false)
    write = { source, writer in
      guard let value = value(source) else { return }
      writer.name(name)
      value.write(to: &writer)
    }
  }
}

extension String {
  /// The text with every `part` replaced by `text`.
  fileprivate func replacing(_ part: String, by text: String) -> String {
    var result = ""
    var rest = self[...]
    while let found = rest.firstRange(of: part) {
      result += rest[..<found.lowerBound] + text
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}
