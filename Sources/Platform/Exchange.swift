import Encoding
import Kernel
import NATS
import Quantities
import Synchronization

/// One request that came in, and its one answer: whoever answers first, answers.
final class Exchange: Sendable {
  let message: IncomingMessage
  /// Who is asked, as the subject says.
  let receiver: Correspondent
  /// Who asks, as the subject says; nil where that is nobody.
  let sender: Correspondent?
  private let connection: Connection
  private let isAnswered = Mutex(false)

  init(_ message: IncomingMessage, receiver: Correspondent, _ connection: Connection) {
    (self.message, self.receiver, self.connection) = (message, receiver, connection)
    sender = message.subject.split(separator: ".").first.flatMap { Correspondent(rawValue: String($0)) }
  }

  private func claim() -> Bool {
    isAnswered.withLock { isAnswered in
      defer { isAnswered = true }
      return !isAnswered
    }
  }

  /// Answers with `answer`, one JSON value; answers whether nobody had answered before.
  @discardableResult
  func answer(_ keyID: String, _ answer: [UInt8], headers: Headers, silentFor seconds: Int?) -> Bool {
    guard claim() else { return false }
    send(headers) { fields in
      fields.field("keyId", keyID)
      fields.field("response") { $0.raw(answer) }
      if let seconds { fields.field("age", seconds) }
    }
    return true
  }

  /// Refuses; answers whether nobody had answered before.
  @discardableResult
  func refuse(_ notice: ErrorNotice) -> Bool {
    guard claim() else { return false }
    let headers: Headers = [
      "Nats-Service-Error-Code": String(notice.code), "Nats-Service-Error": Self.line(notice.text),
    ]
    send(headers) { fields in
      if let keyID = notice.keyID { fields.field("keyId", keyID) }
      fields.field("response") { $0.null() }
      fields.field("error") { field in field.object { notice.write(to: &$0) } }
    }
    return true
  }

  /// On the subject that Table 19 has for answers, and where the asker waits for one.
  private func send(_ headers: Headers, _ body: (inout JSONWriter) -> Void) {
    let payload = JSONWriter.bytes { $0.object(body) }
    if let sender { try? connection.publish("\(receiver).response.\(sender)", payload, headers: headers) }
    if let reply = message.reply { try? connection.publish(reply, payload, headers: headers) }
  }

  /// `text` as a header may hold it.
  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
