import Encoding
import Kernel
import Log

/// One event, read by whoever it belongs to.
public enum Fact: Sendable {
  /// Keys, validators, motions: the log's own.
  case governance(GovernanceEvent)
  /// A module's, with the way to its state.
  case module(any Routed)

  typealias Reader = @Sendable (inout JSONFields) throws(JSONError) -> any Routed

  /// Reads an event of an entry, in whichever of `forms` it was written.
  init(_ event: JSONValue, _ forms: EventForms = .current) throws(Refusal) {
    let (type, event) = try Self.asEvent { () throws(JSONError) in try forms.newest(event) }
    guard let read = Self.readers[type] else {
      if GovernanceEvent.types.contains(type),
        let governance = try asRefusal({ () throws(LogError) in try GovernanceEvent(event) })
      {
        self = .governance(governance)
        return
      }
      throw .event(
        Rejection(
          .malformed, Refusal.unknownEvent,
          "this program does not know events of type \(quoted(type)); a newer one may"))
    }
    self = try Self.asEvent { () throws(JSONError) in
      var fields = try event.fields()
      _ = try fields.value("type")
      let event = try read(&fields)
      try fields.finish()
      return .module(event)
    }
  }

  private static func asEvent<Value>(_ body: () throws(JSONError) -> Value) throws(Refusal) -> Value {
    do {
      return try body()
    } catch {
      throw .event(Rejection(error))
    }
  }

  private static let readers: [String: Reader] = Dictionary(
    uniqueKeysWithValues: Community.parts.flatMap { $0.readers.map { ($0.type, $0.read) } })

  /// The event, where it is a module's.
  public var event: (any ModuleEvent)? {
    guard case .module(let routed) = self else { return nil }
    return routed.anyEvent
  }

  /// The event's type.
  public var type: String {
    switch self {
    case .governance(let event): event.type
    case .module(let routed): routed.type
    }
  }
}

/// A module's event with the way to the module's state.
public protocol Routed: Sendable {
  /// The event's type.
  var type: String { get }
  /// The event.
  var anyEvent: any ModuleEvent { get }
  /// Refuses the event unless it may follow the state of `community`, which it leaves alone: it is lent as one that could
  /// be changed because a state that is only read through a key path is copied.
  func check(in community: inout Community, _ context: Context) throws(Rejection)
  /// Changes the state of `community`.
  func apply(to community: inout Community, _ context: Context)
  /// What the platform is told, of the event and the state before it.
  func messages(in community: Community, _ context: Context) -> [Message]
}

struct RoutedEvent<Event: ModuleEvent>: Routed {
  let event: Event
  let path: WritableKeyPath<Community, Event.Owner> & Sendable

  var type: String { Event.type }
  var anyEvent: any ModuleEvent { event }

  func check(in community: inout Community, _ context: Context) throws(Rejection) {
    try check(&community[keyPath: path], context)
  }

  private func check(_ state: inout Event.Owner, _ context: Context) throws(Rejection) {
    try event.check(state, in: context)
  }

  func apply(to community: inout Community, _ context: Context) {
    event.apply(to: &community[keyPath: path], in: context)
  }

  func messages(in community: Community, _ context: Context) -> [Message] {
    event.messages(from: community[keyPath: path], in: context)
  }
}
