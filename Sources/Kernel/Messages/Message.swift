import Encoding

/// What the platform is told of an event: a subject and a JSON payload.
public struct Message: Sendable, Hashable {
  /// `{MOD}.{TYPE}.{SUBTYPE}`, D7.1 section 6.3.
  public let subject: String
  /// JSON.
  public let payload: [UInt8]

  /// `payload`, which is JSON, on `subject`.
  public init(_ subject: String, payload: [UInt8]) {
    (self.subject, self.payload) = (subject, payload)
  }

  /// A message on `subject` whose payload's members `body` writes.
  public init(_ subject: String, _ body: (inout JSONWriter) -> Void) {
    self.init(subject, payload: JSONWriter.bytes { $0.object(body) })
  }
}
