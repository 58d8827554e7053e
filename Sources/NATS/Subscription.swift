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
    _ subject: String, capacity: Int,
    _ subscribe: (natsMsgHandler, UnsafeMutableRawPointer, inout OpaquePointer?) -> natsStatus
  ) throws(NATSError) {
    let stream = AsyncThrowingStream.makeStream(
      of: IncomingMessage.self, bufferingPolicy: .bufferingOldest(capacity))
    let owner = SubscriptionOwner(subject, stream.continuation)
    let ticket = SubscriptionOwner.table.add(owner)
    var pointer: OpaquePointer?
    let status = subscribe(SubscriptionOwner.deliver, ticket, &pointer)
    guard status == NATS_OK, let pointer else {
      SubscriptionOwner.table.remove(ticket)
      throw NATSError(status, "subscribing to \(subject)")
    }
    owner.take(pointer, ticket)
    (self.owner, messages) = (owner, stream.stream)
    stream.continuation.onTermination = { _ in owner.unsubscribe() }
  }

  /// Ends the subscription; messages that are already here can still be read.
  public func cancel() { owner.finish(nil) }

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
    return try Subscription(subject, capacity: capacity) { handler, ticket, pointer in
      if let queue {
        natsConnection_QueueSubscribe(&pointer, self.pointer, subject, queue, handler, ticket)
      } else {
        natsConnection_Subscribe(&pointer, self.pointer, subject, handler, ticket)
      }
    }
  }
}

/// Owns a subscription of the library, and destroys it when the library has called back for the last time.
///
/// Destroying it earlier is a fault of its own kind: its thread may be in the middle of a callback.
final class SubscriptionOwner: Sendable {
  static let table = CallbackTable<SubscriptionOwner>()

  private let subject: String
  private let continuation: AsyncThrowingStream<IncomingMessage, any Error>.Continuation
  private let pointer = Mutex<UInt>(0)

  init(_ subject: String, _ continuation: AsyncThrowingStream<IncomingMessage, any Error>.Continuation) {
    (self.subject, self.continuation) = (subject, continuation)
  }

  /// Takes over `subscription`, to which messages may come already.
  func take(_ subscription: OpaquePointer, _ ticket: UnsafeMutableRawPointer) {
    pointer.withLock { $0 = UInt(bitPattern: subscription) }
    // Fails only for a subscription that ended in between; then nobody calls back and its few bytes are left behind.
    if natsSubscription_SetOnCompleteCB(subscription, Self.complete, ticket) != NATS_OK {
      Self.table.remove(ticket)
      finish(nil)
    }
  }

  func finish(_ error: NATSError?) { continuation.finish(throwing: error) }

  func unsubscribe() {
    pointer.withLock { address in
      guard let subscription = OpaquePointer(bitPattern: address) else { return }
      natsSubscription_Unsubscribe(subscription)
    }
  }

  private func deliver(_ message: OpaquePointer, from subscription: OpaquePointer) {
    var dropped: Int64 = 0
    let isWhole = natsSubscription_GetDropped(subscription, &dropped) != NATS_OK || dropped == 0
    if isWhole, case .enqueued = continuation.yield(IncomingMessage(copying: message)) { return }
    finish(NATSError(.slowConsumer, "messages on \(subject) came faster than they were read; the subscription ended"))
  }

  static let deliver: natsMsgHandler = { _, subscription, message, ticket in
    guard let message else { return }
    defer { natsMsg_Destroy(message) }
    guard let subscription else { return }
    table.find(ticket)?.deliver(message, from: subscription)
  }

  private static let complete: natsOnCompleteCB = { ticket in
    guard let owner = table.remove(ticket) else { return }
    let address = owner.pointer.withLock { address in
      defer { address = 0 }
      return address
    }
    owner.finish(nil)
    if let subscription = OpaquePointer(bitPattern: address) { natsSubscription_Destroy(subscription) }
  }
}
