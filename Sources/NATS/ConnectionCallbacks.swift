import CNATS
import Foundation
import Synchronization

/// What callbacks of one connection need: found by its number, never by a pointer.
final class ConnectionContext: Sendable {
  static let table = CallbackTable<ConnectionContext>()

  let credential: Credential
  /// Fail as soon as the connection is over.
  let requests = Requests()
  private let onEvent: @Sendable (ConnectionOptions.Event) -> Void
  private struct State {
    var isClosed = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    /// Addresses of subscriptions that are over.
    var subscriptions: [UInt] = []
  }
  private let state = Mutex(State())

  init(_ options: ConnectionOptions) {
    credential = options.credential
    onEvent = options.onEvent
  }

  func tell(_ event: ConnectionOptions.Event) {
    if event == .closed {
      requests.end()
      let ended = state.withLock { state in
        defer { state = State(isClosed: true) }
        return state
      }
      for address in ended.subscriptions { natsSubscription_Destroy(OpaquePointer(bitPattern: address)) }
      for continuation in ended.waiting { continuation.resume() }
    }
    onEvent(event)
  }

  /// Frees `subscription`, which is over, with the connection: until then the library (3.4.1) may be putting a message into it.
  func free(_ subscription: OpaquePointer) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.subscriptions.append(UInt(bitPattern: subscription)) }
      return state.isClosed
    }
    if isClosed { natsSubscription_Destroy(subscription) }
  }

  /// Waits until the library says that the connection is closed.
  func untilClosed() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.waiting.append(continuation) }
        return state.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }
}

/// The functions that the library calls, on threads of its own.
enum ConnectionCallbacks {
  static let disconnected: natsConnectionHandler = { _, ticket in
    ConnectionContext.table.find(ticket)?.tell(.disconnected)
  }
  static let reconnected: natsConnectionHandler = { _, ticket in
    ConnectionContext.table.find(ticket)?.tell(.reconnected)
  }
  static let closed: natsConnectionHandler = { _, ticket in
    ConnectionContext.table.remove(ticket)?.tell(.closed)
  }
  static let fault: natsErrHandler = { connection, _, status, ticket in
    var last: UnsafePointer<CChar>?
    let hasText = natsConnection_GetLastError(connection, &last) != NATS_OK
    let text = hasText ? last.map { String(cString: $0) } : nil
    ConnectionContext.table.find(ticket)?.tell(.fault(text ?? String(cString: natsStatus_GetText(status))))
  }

  /// Signs the server's challenge; the library frees the signature with `free`.
  static let sign: natsSignatureHandler = { _, signature, length, challenge, ticket in
    guard let context = ConnectionContext.table.find(ticket), let challenge, let signature, let length else {
      return NATS_ERR
    }
    let key: UserKey
    switch context.credential {
    case .nkey(let user), .credentials(_, let user): key = user
    default: return NATS_ERR
    }
    let bytes = key.sign(Array(String(cString: challenge).utf8))
    guard let copy = malloc(bytes.count) else { return NATS_NO_MEMORY }
    bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: bytes.count) }
    signature.pointee = copy.assumingMemoryBound(to: UInt8.self)
    length.pointee = Int32(bytes.count)
    return NATS_OK
  }

  /// Gives the JWT of a credentials file; the library frees it with `free`.
  static let token: natsUserJWTHandler = { text, _, ticket in
    guard let context = ConnectionContext.table.find(ticket), case .credentials(let jwt, _) = context.credential,
      let text
    else { return NATS_ERR }
    text.pointee = strdup(jwt.text)
    return NATS_OK
  }
}
