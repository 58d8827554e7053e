import CNATS
import Synchronization

/// What comes in on a subject, in order: a sequence that ends with an error rather than lose a message unseen.
///
/// - Overflow: more than `capacity` messages that nobody read end it with `nats_slow_consumer`, after those that fitted.
/// - End: ``cancel()``, the end of the loop that reads it, or the end of the connection.
public final class Subscription: AsyncSequence, Sendable {
  /// The messages a subscription holds unless it is told otherwise.
  public static let capacity = 65_536

  private let owner: SubscriptionOwner
  private let messages: AsyncThrowingStream<IncomingMessage, any Error>

  init(
    _ context: ConnectionContext, _ subject: String, capacity: Int, _ subscribe: SubscriptionOwner.Subscribe
  ) throws(NATSError) {
    let stream = AsyncThrowingStream.makeStream(
      of: IncomingMessage.self, bufferingPolicy: .bufferingOldest(capacity))
    let continuation = stream.continuation
    owner = try SubscriptionOwner.make(context, subject, subscribe) { message, dropped in
      if dropped == 0, case .enqueued = continuation.yield(message) { return }
      let what = "messages on \(subject) came faster than they were read; the subscription ended"
      continuation.finish(throwing: NATSError(.slowConsumer, what))
    } end: {
      continuation.finish()
    }
    messages = stream.stream
    continuation.onTermination = { [owner] _ in owner.unsubscribe() }
  }

  /// Ends the subscription; messages that are already here can still be read.
  public func cancel() { owner.end() }

  /// Reads the messages.
  public func makeAsyncIterator() -> AsyncThrowingStream<IncomingMessage, any Error>.Iterator {
    messages.makeAsyncIterator()
  }
}

extension Connection {
  /// Listens on `subject`, which may have wildcards; of the subscriptions of one `queue` each message goes to one.
  public func subscribe(
    _ subject: String, queue: String? = nil, capacity: Int = Subscription.capacity
  ) throws(NATSError) -> Subscription {
    try Subject.requireTokens(subject)
    return try Subscription(context, subject, capacity: capacity) { handler, ticket, pointer in
      if let queue {
        natsConnection_QueueSubscribe(&pointer, self.pointer, subject, queue, handler, ticket)
      } else {
        natsConnection_Subscribe(&pointer, self.pointer, subject, handler, ticket)
      }
    }
  }
}
