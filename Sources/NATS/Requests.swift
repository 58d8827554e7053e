import CNATS
import Synchronization

/// The questions of one connection that wait for their answers: one subscription serves them all, and no thread waits.
final class Requests: Sendable {
  private static let table = CallbackTable<Requests>()
  /// The most questions that wait.
  static let capacity = 16_384

  /// A question that was published.
  struct Question: Sendable {
    fileprivate let number: Int
    let subject: String
  }

  private typealias Answer = Result<IncomingMessage, NATSError>

  /// What became of a question so far.
  private enum Place {
    case asked
    case answered(Answer)
    case awaited(CheckedContinuation<Answer, Never>)
  }

  private struct State {
    var prefix: String?
    var last = 0
    var places: [Int: Place] = [:]
  }

  private let state = Mutex(State())
  private let ticket = Mutex<Int>(0)

  /// Fails all that wait, and takes no more answers.
  func end() {
    Self.table.remove(UnsafeMutableRawPointer(bitPattern: ticket.withLock { $0 }))
    let open = state.withLock { Array($0.places.keys) }
    for number in open { take(number, .failure(NATSError(.closed, "the connection is closed"))) }
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

  /// Publishes with `publish`, given the subject of the answer.
  func ask(
    _ connection: OpaquePointer, _ subject: String, _ publish: (_ reply: String) throws(NATSError) -> Void
  ) throws(NATSError) -> Question {
    let prefix = try inbox(connection)
    let number: Int? = state.withLock { state in
      guard state.places.count < Self.capacity else { return nil }
      state.last += 1
      state.places[state.last] = .asked
      return state.last
    }
    guard let number else {
      throw NATSError(.slowConsumer, "\(Self.capacity) requests wait for answers already")
    }
    let question = Question(number: number, subject: subject)
    do throws(NATSError) {
      try publish("\(prefix).\(number)")
    } catch {
      forget(question)
      throw error
    }
    return question
  }

  /// Waits for the answer to `question`, which is given once.
  func answer(to question: Question, timeoutMilliseconds: Int) async throws(NATSError) -> IncomingMessage {
    let answer = if let answer = arrived(question) { answer } else { await awaited(question, timeoutMilliseconds) }
    let message = try answer.get()
    if message.payload.isEmpty, message.headers["Status"] == "503" {
      throw NATSError(.noResponders, "nobody listens on \(question.subject)")
    }
    return message
  }

  /// Drops the answer to `question`.
  func forget(_ question: Question) { state.withLock { $0.places[question.number] = nil } }

  /// The answer, if it is here already.
  private func arrived(_ question: Question) -> Answer? {
    state.withLock { state in
      guard case .answered(let answer) = state.places[question.number] else { return nil }
      state.places[question.number] = nil
      return answer
    }
  }

  private func awaited(_ question: Question, _ timeoutMilliseconds: Int) async -> Answer {
    let timer = Task {
      try await Task.sleep(for: .milliseconds(timeoutMilliseconds))
      let sentence = "no answer on \(question.subject) within \(timeoutMilliseconds) ms"
      take(question.number, .failure(NATSError(.timeout, sentence)))
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { continuation in
      let answer: Answer? = state.withLock { state in
        switch state.places[question.number] {
        case .asked:
          state.places[question.number] = .awaited(continuation)
          return nil
        case .answered(let answer):
          state.places[question.number] = nil
          return answer
        case .awaited, nil: preconditionFailure("the answer to a question is given once")
        }
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// Gives `answer` to whoever waits for it, or keeps it for whoever will.
  private func take(_ number: Int, _ answer: Answer) {
    let waiting: CheckedContinuation<Answer, Never>? = state.withLock { state in
      switch state.places[number] {
      case .asked: state.places[number] = .answered(answer)
      case .awaited(let continuation):
        state.places[number] = nil
        return continuation
      case .answered, nil: break
      }
      return nil
    }
    waiting?.resume(returning: answer)
  }

  private static let deliver: natsMsgHandler = { _, _, message, ticket in
    guard let message else { return }
    defer { natsMsg_Destroy(message) }
    guard let requests = table.find(ticket) else { return }
    let copy = IncomingMessage(copying: message)
    guard let number = copy.subject.split(separator: ".").last.flatMap({ Int($0) }) else { return }
    requests.take(number, .success(copy))
  }
}
