/// Messages on their way into a stream, several at a time and yet stored in their order.
///
/// Each message behind another one that is under way says which one must lie right before it, so nothing is stored behind a
/// gap. Where somebody else's message came between, the stream refuses all that follow; they go out again, the first of
/// them without that condition, for all before it are stored.
public struct StreamWindow: Sendable {
  /// The most messages that are under way.
  public static let capacity = 256

  private let stream: JetStream
  private var underWay: [(message: StreamMessage, question: Requests.Question)] = []
  private var known: Int

  /// How many messages the stream has, from the first on, without a gap.
  public private(set) var stored = 0

  /// A window before `stream`.
  ///
  /// - Parameter known: so many of the first messages are stored already, and are not sent again.
  public init(_ stream: JetStream, known: Int = 0) { (self.stream, self.known) = (stream, known) }

  /// Sends `message` after those before it; waits while ``capacity`` are under way.
  public mutating func send(_ message: StreamMessage) async throws(NATSError) {
    guard known == 0 else {
      known -= 1
      stored += 1
      return
    }
    while underWay.count >= Self.capacity { try await settleFirst() }
    try handOver(message)
  }

  /// Returns when the stream has all that was sent.
  public mutating func settle() async throws(NATSError) {
    while !underWay.isEmpty { try await settleFirst() }
  }

  /// Counts from here on.
  public mutating func forgetStored() { stored = 0 }

  private mutating func handOver(_ message: StreamMessage) throws(NATSError) {
    underWay.append((message, try stream.send(message, behind: underWay.last?.message.id)))
  }

  private mutating func settleFirst() async throws(NATSError) {
    switch try await stream.word(on: underWay[0].question) {
    case .stored:
      underWay.removeFirst()
      stored += 1
    case .displaced: try sendAgain()
    }
  }

  private mutating func sendAgain() throws(NATSError) {
    let displaced = underWay
    underWay = []
    // Whatever the stream says of the rest: it is asked again.
    for (_, question) in displaced.dropFirst() { stream.forget(question) }
    for (message, _) in displaced { try handOver(message) }
  }
}
