import Encoding
import Kernel
import Quantities

/// One part of a community's state: a module, plugged in.
protocol CommunityPart: Sendable {
  var id: ModuleID { get }
  /// Reads the events of this part, by their types.
  var readers: [(type: String, read: Fact.Reader)] { get }
  /// Answers what this part can be asked, by receiver and name.
  var replies: [(name: String, reply: Community.Replier)] { get }
  /// What this part's events and messages look like.
  var contracts: [EventContract] { get }
  /// Whether what must always hold holds.
  func isBalanced(_ community: Community) -> Bool
  /// The canonical state of this part; nil where nothing has happened in it yet.
  func state(of community: Community) -> [UInt8]?
  func read(_ state: JSONValue, into community: inout Community) throws(JSONError)
}

/// The module that stands in `path`.
struct Part<Plugged: Module>: CommunityPart {
  let path: WritableKeyPath<Community, Plugged> & Sendable

  init(_ path: WritableKeyPath<Community, Plugged> & Sendable) { self.path = path }

  var id: ModuleID { Plugged.id }

  var readers: [(type: String, read: Fact.Reader)] {
    func reader<Event: ModuleEvent<Plugged>>(_ event: Event.Type) -> (type: String, read: Fact.Reader) {
      (
        Event.type,
        { [path] (fields) throws(JSONError) in
          RoutedEvent(event: try Event(&fields), path: path)
        }
      )
    }
    return Plugged.events.map { reader($0) }
  }

  var replies: [(name: String, reply: Community.Replier)] {
    Plugged.operations.flatMap { operation in
      operation.names.map { ("\(operation.receiver.rawValue) \($0)", replier(operation)) }
    }
  }

  private func replier(_ operation: Operation<Plugged>) -> Community.Replier {
    { [path] (community, request, context) throws(Rejection) in
      try operation.reply(community[keyPath: path], request, context)
    }
  }

  var contracts: [EventContract] {
    func contract<Event: ModuleEvent<Plugged>>(_ event: Event.Type) -> EventContract {
      EventContract(
        module: Plugged.id, type: Event.type, schema: Event.eventSchema,
        messages: Event.messages.map { .init(subjects: [$0.subject] + $0.also, schema: $0.schema) })
    }
    return Plugged.events.map { contract($0) }
  }

  func isBalanced(_ community: Community) -> Bool { community[keyPath: path].isBalanced }

  func state(of community: Community) -> [UInt8]? {
    let bytes = JSONWriter.bytes { community[keyPath: path].write(to: &$0) }
    return bytes == JSONWriter.bytes({ Plugged().write(to: &$0) }) ? nil : bytes
  }

  func read(_ state: JSONValue, into community: inout Community) throws(JSONError) {
    community[keyPath: path] = try Plugged.read(state)
  }
}

/// What a type of event looks like, and the messages that follow from it.
public struct EventContract: Sendable {
  /// A kind of message.
  public struct MessageContract: Sendable {
    /// The canonical subject, then the deliverable's own.
    public let subjects: [String]
    /// What the payload looks like.
    public let schema: Schema
  }

  /// Whose event it is.
  public let module: ModuleID
  /// The event's type.
  public let type: String
  /// What the event looks like.
  public let schema: Schema
  /// The messages.
  public let messages: [MessageContract]
}
