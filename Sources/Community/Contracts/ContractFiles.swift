import Encoding
import Kernel

/// The contracts of all events and messages as files: JSON Schemas, and an AsyncAPI document that refers to them.
///
/// They follow from the one declaration that reads and writes each event, so they cannot say anything else.
public enum ContractFiles {
  /// A file beside the others.
  public struct File: Sendable {
    /// Its path.
    public let path: String
    /// Its bytes.
    public let bytes: [UInt8]
  }

  /// All files, in the order of their paths.
  public static var all: [File] {
    let events = Community.contracts.map { contract in
      File(
        path: "schemas/events/\(contract.type).json", bytes: schema("event \(contract.type)", contract.schema))
    }
    let messages = MessageKind.all.map { kind in
      File(path: "schemas/messages/\(kind.name).json", bytes: schema("message \(kind.subject)", kind.schema))
    }
    let document = File(path: "asyncapi.yaml", bytes: Array(AsyncAPI.document(MessageKind.all).utf8))
    return (events + messages + [document]).sorted { $0.path < $1.path }
  }

  private static func schema(_ title: String, _ schema: Schema) -> [UInt8] {
    let compact = JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("$schema", "https://json-schema.org/draft/2020-12/schema")
        fields.field("title", title)
        schema.keywords(to: &fields)
      }
    }
    return IndentedJSON.bytes(compact)
  }
}

/// A kind of message, with all subjects on which it goes out.
struct MessageKind {
  /// The canonical subject.
  let subject: String
  /// The deliverable's own.
  let also: [String]
  /// The types of events that it follows from.
  var events: [String]
  let schema: Schema

  /// The subject as the name of a file.
  var name: String { String(subject.filter { $0 != "{" && $0 != "}" }) }

  /// All kinds by subject. Events that tell the same message share one.
  static var all: [MessageKind] {
    var kinds: [MessageKind] = []
    for contract in Community.contracts {
      for message in contract.messages {
        let subject = message.subjects[0]
        if let known = kinds.firstIndex(where: { $0.subject == subject }) {
          precondition(
            kinds[known].schema.bytes == message.schema.bytes, "two messages on \(subject) look different")
          kinds[known].events.append(contract.type)
        } else {
          kinds.append(
            MessageKind(
              subject: subject, also: Array(message.subjects.dropFirst()), events: [contract.type],
              schema: message.schema))
        }
      }
    }
    return kinds.sorted { $0.subject < $1.subject }
  }
}

extension Schema {
  fileprivate var bytes: [UInt8] { JSONWriter.bytes { write(to: &$0) } }
}
