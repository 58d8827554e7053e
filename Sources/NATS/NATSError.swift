import CNATS
import Encoding

/// Why the broker did not do what it was asked.
public struct NATSError: Fault, Equatable {
  /// The kinds of failure. `rawValue` is the stable code.
  public enum Kind: String, Sendable {
    /// No server could be reached, or the connection broke.
    case connection = "nats_connection"
    /// The server refused the credentials, or a permission is missing.
    case authorisation = "nats_authorisation"
    /// The TLS handshake failed: another authority, another name, or no TLS.
    case tls = "nats_tls"
    /// A URL, subject, header, file or setting is wrong.
    case invalid = "nats_invalid"
    /// The payload is larger than the server takes.
    case payload = "nats_payload"
    /// No answer came in time.
    case timeout = "nats_timeout"
    /// Nobody listens on the subject of a request.
    case noResponders = "nats_no_responders"
    /// Messages came faster than they were read; the subscription ended rather than lose one unseen.
    case slowConsumer = "nats_slow_consumer"
    /// The connection or subscription is closed.
    case closed = "nats_closed"
    /// JetStream refused, or the stream does not exist.
    case stream = "nats_stream"
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What was wrong.
  public let sentence: String

  /// A failure of `kind`, explained by `sentence`.
  public init(_ kind: Kind, _ sentence: String) { (self.kind, self.sentence) = (kind, sentence) }

  /// The stable code.
  public var code: String { kind.rawValue }
}

extension NATSError {
  /// The failure that libnats reports as `status` of what was attempted; read on the thread that attempted it.
  init(_ status: natsStatus, _ attempt: String, code: jsErrCode = jsErrCode(0)) {
    // The thread's last error may be an older one.
    var last = NATS_OK
    let detail = nats_GetLastError(&last).map { String(cString: $0) } ?? ""
    let text = last != status || detail.isEmpty ? String(cString: natsStatus_GetText(status)) : detail
    self.init(code.rawValue == 0 ? Self.kind(status) : .stream, "\(attempt): \(text)")
  }

  private static func kind(_ status: natsStatus) -> Kind {
    switch status {
    case NATS_CONNECTION_AUTH_FAILED, NATS_NOT_PERMITTED: .authorisation
    case NATS_SECURE_CONNECTION_WANTED, NATS_SECURE_CONNECTION_REQUIRED, NATS_SSL_ERROR: .tls
    case NATS_ADDRESS_MISSING, NATS_INVALID_SUBJECT, NATS_INVALID_ARG, NATS_INVALID_QUEUE_NAME, NATS_INVALID_TIMEOUT:
      .invalid
    case NATS_MAX_PAYLOAD: .payload
    case NATS_TIMEOUT: .timeout
    case NATS_NO_RESPONDERS: .noResponders
    case NATS_SLOW_CONSUMER: .slowConsumer
    case NATS_CONNECTION_CLOSED, NATS_INVALID_SUBSCRIPTION, NATS_DRAINING: .closed
    default: .connection
    }
  }
}

/// Throws what libnats reports of `attempt` unless it succeeded.
func require(_ status: natsStatus, _ attempt: @autoclosure () -> String) throws(NATSError) {
  guard status == NATS_OK else { throw NATSError(status, attempt()) }
}
