import CNATS
import Foundation

/// A connection to a NATS server. Closed when the last owner lets go; ``drain(timeoutMilliseconds:)`` ends it politely.
public final class Connection: Sendable {
  private let library: LibraryPointer
  var pointer: OpaquePointer { library.raw }
  let context: ConnectionContext
  private var requests: Requests { context.requests }

  private init(_ pointer: OpaquePointer, _ context: ConnectionContext) {
    (library, self.context) = (LibraryPointer(pointer), context)
  }

  deinit {
    requests.end()
    natsConnection_Destroy(pointer)
  }

  /// libnats 3.4.1 spoils about one signature in 256 on its way to the server, so a refusal is believed after the fourth.
  private static let signedAttempts = 4

  /// Connects once; a server that cannot be reached is an error, not a wait.
  public static func open(_ options: ConnectionOptions) async throws(NATSError) -> Connection {
    let attempts = options.credential.isSigned ? signedAttempts : 1
    for _ in 1..<attempts {
      do throws(NATSError) {
        return try await connect(options)
      } catch {
        if error.kind != .authorisation { throw error }
      }
    }
    return try await connect(options)
  }

  private static func connect(_ options: ConnectionOptions) async throws(NATSError) -> Connection {
    try await Blocking.run { () throws(NATSError) in
      let context = ConnectionContext(options)
      let ticket = ConnectionContext.table.add(context)
      do throws(NATSError) {
        let library = try LibraryOptions.make(options, ticket: ticket)
        var connection: OpaquePointer?
        let status = natsConnection_Connect(&connection, library.pointer)
        try require(status, "connecting to \(options.urls.joined(separator: ", "))")
        return Connection(connection!, context)
      } catch {
        ConnectionContext.table.remove(ticket)
        throw error
      }
    }
  }

  /// The largest payload that the server takes, in bytes.
  public var largestPayload: Int { Int(natsConnection_GetMaxPayload(pointer)) }

  /// Whether it is over, for good.
  public var isClosed: Bool { natsConnection_IsClosed(pointer) }

  /// Hands `payload` to the connection; ``flush(timeoutMilliseconds:)`` tells when the server has it.
  public func publish(
    _ subject: String, _ payload: [UInt8], headers: Headers = [:], reply: String? = nil
  ) throws(NATSError) {
    let message = try LibraryMessage.make(subject, payload, headers, reply: reply)
    try require(natsConnection_PublishMsg(pointer, message.pointer), "publishing on \(subject)")
  }

  /// Returns when the server has taken all that was published before.
  public func flush(timeoutMilliseconds: Int = 10_000) async throws(NATSError) {
    try await Blocking.run { [self] () throws(NATSError) in
      try require(natsConnection_FlushTimeout(pointer, Int64(timeoutMilliseconds)), "flushing")
    }
  }

  /// Publishes and waits for the first answer.
  public func request(
    _ subject: String, _ payload: [UInt8], headers: Headers = [:], timeoutMilliseconds: Int = 5000
  ) async throws(NATSError) -> IncomingMessage {
    try await answer(to: ask(subject, payload, headers: headers), timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Publishes a question whose answer is taken later, by ``answer(to:timeoutMilliseconds:)``, or never, by ``forget(_:)``.
  func ask(_ subject: String, _ payload: [UInt8], headers: Headers) throws(NATSError) -> Requests.Question {
    try requests.ask(pointer, subject) { (reply) throws(NATSError) in
      try publish(subject, payload, headers: headers, reply: reply)
    }
  }

  /// Waits for the answer to `question`.
  func answer(to question: Requests.Question, timeoutMilliseconds: Int) async throws(NATSError) -> IncomingMessage {
    try await requests.answer(to: question, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Drops the answer to `question`.
  func forget(_ question: Requests.Question) { requests.forget(question) }

  /// Ends all subscriptions once what came in is delivered, sends what is buffered, and closes.
  public func drain(timeoutMilliseconds: Int = 5000) async throws(NATSError) {
    let status = natsConnection_DrainTimeout(pointer, Int64(timeoutMilliseconds))
    if status == NATS_CONNECTION_CLOSED { return }
    try require(status, "draining")
    await context.untilClosed()
  }

  /// Closes at once.
  public func close() {
    natsConnection_Close(pointer)
    requests.end()
  }
}

extension Connection {
  /// Refuses to go on where the server has refused to publish what was published before the last flush: it says so only
  /// on the side, and the message is gone.
  public func requirePermitted() throws(NATSError) {
    var text: UnsafePointer<CChar>?
    guard natsConnection_GetLastError(pointer, &text) == NATS_NOT_PERMITTED else { return }
    throw NATSError(.authorisation, text.map { String(cString: $0) } ?? "the server did not permit a subject")
  }
}
