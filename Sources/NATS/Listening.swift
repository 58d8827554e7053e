import CNATS

extension Connection {
  /// Hands over what comes in on `subject`, one by one, as long as the connection stands. For what is said again when it is lost:
  /// what comes while too much waits is dropped.
  ///
  /// - Parameters:
  ///   - messages: the most messages that wait.
  ///   - bytes: the most bytes that wait.
  ///   - deliver: is given each message on a thread of the library, and how many were dropped since the one before.
  public func listen(
    _ subject: String, messages: Int, bytes: Int,
    _ deliver: @escaping @Sendable (_ message: IncomingMessage, _ dropped: Int) -> Void
  ) throws(NATSError) {
    try Subject.requireTokens(subject)
    let owner = try SubscriptionOwner.make(
      context, subject, { natsConnection_Subscribe(&$2, pointer, subject, $0, $1) }, receive: deliver, end: {})
    owner.limit(messages: messages, bytes: bytes)
  }

  /// Waits until it is over, for good.
  public func untilClosed() async { await context.untilClosed() }
}
