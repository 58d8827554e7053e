import CNATS
import Synchronization

/// The questions of one connection that wait for their answers: one subscription serves them all, and no thread waits.
final class Requests: @unchecked Sendable {
  // Unchecked: everything that changes is behind the mutex.
  private static let table = CallbackTable<Requests>()
  /// The most questions that wait.
  static let capacity = 16_384

  private typealias Waiting = CheckedContinuation<Result<IncomingMessage, NATSError>, Never>

  private struct State {
    var prefix: String?
    var last = 0
    var waiting: [Int: Waiting] = [:]
  }

  private let state = Mutex(State())
  private let ticket = Mutex<Int>(0)

  /// Fails all that wait, and takes no more answers.
  func end() {
    Self.table.remove(UnsafeMutableRawPointer(bitPattern: ticket.withLock { $0 }))
    let left = state.withLock { state in
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for waiting in left { waiting.resume(returning: .failure(NATSError(.closed, "the connection is closed"))) }
  }

  /// Where answers come in: made with the first question.
  private func inbox(_ connection: OpaquePointer) throws(NATSError) -> String {
    if let prefix = state.withLock({ $0.prefix }) { return prefix }
    var created: UnsafeMutablePointer<natsInbox>?
    try require(natsInbox_Create(&created), "an inbox")
    defer { natsInbox_Destroy(created) }
    let prefix = String(cString: created!)
    let ticket = Self.table.add(self)
    var subscription: OpaquePointer?
    try require(
      natsConnection_Subscribe(&subscription, connection, prefix + ".*", Self.deliver, ticket), "an inbox")
    // The handle stays until the connection ends, which ends its subscriptions.
    return state.withLock { state in
      if let other = state.prefix {
        Self.table.remove(ticket)
        return other
      }
      self.ticket.withLock { $0 = Int(bitPattern: ticket) }
      state.prefix = prefix
      return prefix
    }
  }

  /// Publishes with `publish`, given the subject of the answer, and waits for it.
  func ask(
    _ connection: OpaquePointer, _ subject: String, timeoutMilliseconds: Int,
    _ publish: @Sendable (_ reply: String) throws(NATSError) -> Void
  ) async throws(NATSError) -> IncomingMessage {
    let prefix = try inbox(connection)
    let number = state.withLock { state in
      state.last += 1
      return state.last
    }
    let timer = Task {
      try await Task.sleep(for: .milliseconds(timeoutMilliseconds))
      let error = NATSError(.timeout, "no answer on \(subject) within \(timeoutMilliseconds) ms")
      answer(number, .failure(error))
    }
    defer { timer.cancel() }
    let result: Result<IncomingMessage, NATSError> = await withCheckedContinuation { continuation in
      let isTaken = state.withLock { state in
        guard state.waiting.count < Self.capacity else { return false }
        state.waiting[number] = continuation
        return true
      }
      guard isTaken else {
        let sentence = "\(Self.capacity) requests wait for answers already"
        return continuation.resume(returning: .failure(NATSError(.slowConsumer, sentence)))
      }
      do throws(NATSError) {
        try publish("\(prefix).\(number)")
      } catch {
        answer(number, .failure(error))
      }
    }
    let message = try result.get()
    if message.payload.isEmpty, message.headers["Status"] == "503" {
      throw NATSError(.noResponders, "nobody listens on \(subject)")
    }
    return message
  }

  private func answer(_ number: Int, _ result: Result<IncomingMessage, NATSError>) {
    state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: result)
  }

  private static let deliver: natsMsgHandler = { _, _, message, ticket in
    guard let message else { return }
    defer { natsMsg_Destroy(message) }
    guard let requests = table.find(ticket) else { return }
    let copy = IncomingMessage(copying: message)
    guard let number = copy.subject.split(separator: ".").last.flatMap({ Int($0) }) else { return }
    requests.answer(number, .success(copy))
  }
}
