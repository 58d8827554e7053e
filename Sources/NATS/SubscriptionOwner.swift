import CNATS
import Synchronization

/// Owns a subscription of the library, and gives it up when the library has called back for the last time.
///
/// Giving it up earlier is a fault of its own kind: its thread may be in the middle of a callback.
final class SubscriptionOwner: Sendable {
  typealias Subscribe = (natsMsgHandler, UnsafeMutableRawPointer, inout OpaquePointer?) -> natsStatus

  private static let table = CallbackTable<SubscriptionOwner>()

  private let context: ConnectionContext
  /// Is given each message, and how many the library has dropped since the one before.
  private let receive: @Sendable (_ message: IncomingMessage, _ dropped: Int) -> Void
  /// Is told that no message comes any more.
  let end: @Sendable () -> Void
  private let pointer = Mutex<UInt>(0)
  private let dropped = Mutex<Int64>(0)

  private init(
    _ context: ConnectionContext, _ receive: @escaping @Sendable (IncomingMessage, Int) -> Void,
    _ end: @escaping @Sendable () -> Void
  ) { (self.context, self.receive, self.end) = (context, receive, end) }

  /// Has `subscribe` make the subscription.
  static func make(
    _ context: ConnectionContext, _ subject: String, _ subscribe: Subscribe,
    receive: @escaping @Sendable (_ message: IncomingMessage, _ dropped: Int) -> Void,
    end: @escaping @Sendable () -> Void
  ) throws(NATSError) -> SubscriptionOwner {
    let owner = SubscriptionOwner(context, receive, end)
    let ticket = table.add(owner)
    var pointer: OpaquePointer?
    let status = subscribe(deliver, ticket, &pointer)
    guard status == NATS_OK, let pointer else {
      table.remove(ticket)
      throw NATSError(status, "subscribing to \(subject)")
    }
    owner.take(pointer, ticket)
    return owner
  }

  /// Takes over `subscription`, to which messages may come already.
  private func take(_ subscription: OpaquePointer, _ ticket: UnsafeMutableRawPointer) {
    pointer.withLock { $0 = UInt(bitPattern: subscription) }
    // Fails only for a subscription that ended in between; then nobody calls back and its few bytes are left behind.
    if natsSubscription_SetOnCompleteCB(subscription, Self.complete, ticket) != NATS_OK {
      Self.table.remove(ticket)
      end()
    }
  }

  func unsubscribe() { withPointer { natsSubscription_Unsubscribe($0) } }

  /// Has the library drop what comes while so many messages or bytes wait.
  func limit(messages: Int, bytes: Int) {
    withPointer { natsSubscription_SetPendingLimits($0, Int32(messages), Int32(bytes)) }
  }

  private func withPointer(_ body: (OpaquePointer) -> natsStatus) {
    pointer.withLock { address in
      guard let subscription = OpaquePointer(bitPattern: address) else { return }
      _ = body(subscription)
    }
  }

  private func receive(_ message: OpaquePointer, _ subscription: OpaquePointer) {
    var all: Int64 = 0
    natsSubscription_GetDropped(subscription, &all)
    let new = dropped.withLock { dropped in
      defer { dropped = max(all, dropped) }
      return max(all - dropped, 0)
    }
    receive(IncomingMessage(copying: message), Int(new))
  }

  private static let deliver: natsMsgHandler = { _, subscription, message, ticket in
    guard let message else { return }
    defer { natsMsg_Destroy(message) }
    guard let subscription else { return }
    table.find(ticket)?.receive(message, subscription)
  }

  private static let complete: natsOnCompleteCB = { ticket in
    guard let owner = table.remove(ticket) else { return }
    let address = owner.pointer.withLock { address in
      defer { address = 0 }
      return address
    }
    owner.end()
    if let subscription = OpaquePointer(bitPattern: address) { owner.context.free(subscription) }
  }
}
