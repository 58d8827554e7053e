import Encoding

/// A message for a stream, which keeps one of each id.
public struct StreamMessage: Sendable {
  /// What it is published on.
  public let subject: String
  /// Its bytes.
  public let payload: [UInt8]
  /// Its headers.
  public let headers: Headers
  /// Its id, which becomes the header `Nats-Msg-Id` where there is none yet.
  public let id: String

  /// A message.
  public init(subject: String, payload: [UInt8], headers: Headers = [:], id: String) {
    (self.subject, self.payload, self.headers, self.id) = (subject, payload, headers, id)
  }
}

/// What a stream says of a message: it has it, or another one than was expected lies before it (ADR-1, ADR-4 of NATS).
enum StreamWord: Equatable {
  case stored(JetStream.Stored)
  case displaced

  /// JetStream's code of a message whose `Nats-Expected-Last-Msg-Id` is not the last one's.
  private static let wrongLast = 10_070

  /// Reads the answer to a message on `subject`; throws where the stream refused it for another reason.
  init(_ payload: [UInt8], subject: String) throws(NATSError) {
    do {
      var fields = try JSONDocument(payload).root.fields()
      if let error = fields.optional("error") {
        var error = try error.fields()
        let (code, text) = (try error.integer("err_code"), try error.string("description"))
        guard code == Self.wrongLast else {
          throw NATSError(.stream, "storing a message on \(subject): \(text) (\(code))")
        }
        self = .displaced
      } else {
        let isDuplicate = try fields.readIfPresent("duplicate") { (value) throws(JSONError) in try value.boolean() }
        self = .stored(.init(sequence: try fields.integer("seq"), isDuplicate: isDuplicate ?? false))
      }
    } catch let error as JSONError {
      throw NATSError(.stream, "the answer to a message on \(subject) is none of a stream: \(error.sentence)")
    } catch let error as NATSError {
      throw error
    } catch {
      preconditionFailure("reading JSON throws nothing else: \(error)")
    }
  }
}
