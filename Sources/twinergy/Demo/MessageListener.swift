import NATS
import Synchronization

/// Counts the messages that come in, shows one, and tells when a certain one is there.
final class MessageListener: Sendable {
  private static let shown = "M9.notif.market_cleared"
  private static let longest = 160

  private struct Seen {
    var count = 0
    var last: String?
    var isShown = false
    var awaited: (id: String, continuation: CheckedContinuation<Bool, Never>)?
  }

  private let seen = Mutex(Seen())

  /// How many have come in.
  var count: Int { seen.withLock { $0.count } }

  func take(_ message: IncomingMessage) {
    guard let id = message.headers["Nats-Msg-Id"] else { return }
    let (isFirst, waiting) = seen.withLock { seen in
      (seen.count, seen.last) = (seen.count + 1, id)
      let isFirst = message.subject == Self.shown && !seen.isShown
      seen.isShown = seen.isShown || isFirst
      guard seen.awaited?.id == id else { return (isFirst, nil as CheckedContinuation<Bool, Never>?) }
      defer { seen.awaited = nil }
      return (isFirst, seen.awaited?.continuation)
    }
    waiting?.resume(returning: true)
    guard isFirst else { return }
    let text = String(decoding: message.payload, as: UTF8.self).prefix(Self.longest)
    Console.note("\n\(message.subject)  \(id)\n\(text)…\n")
  }

  /// Waits until the message `id` is the last that came in; answers false where ``giveUp()`` came first.
  func wait(for id: String) async -> Bool {
    await withCheckedContinuation { continuation in
      let isThere = seen.withLock { seen in
        if seen.last != id { seen.awaited = (id, continuation) }
        return seen.last == id
      }
      if isThere { continuation.resume(returning: true) }
    }
  }

  /// Ends the waiting.
  func giveUp() {
    let waiting = seen.withLock { seen in
      defer { seen.awaited = nil }
      return seen.awaited?.continuation
    }
    waiting?.resume(returning: false)
  }
}
