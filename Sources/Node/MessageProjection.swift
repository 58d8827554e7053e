import Community
import Kernel
import Storage

/// A message as it goes out: with headers by which a receiver sees gaps and duplicates, whatever the broker does.
public struct OutgoingMessage: Sendable {
  /// The message.
  public let message: Message
  /// The entry that it tells of.
  public let index: Int
  /// `Nats-Msg-Id`, `Twinergy-Index` and `Twinergy-Checkpoint`, in this order.
  public let headers: [(name: String, value: String)]
}

/// All messages of a log: a pure function of it, the same byte for byte wherever and whenever it is computed.
public enum MessageProjection {
  private struct Told {
    var index: Int
    var event: Int
    var messages: [Message]
  }

  /// Gives the messages of the entries from index `first` on to `visit`, in order.
  public static func visit(
    _ source: some LogSource, from first: Int = 1, _ visit: (OutgoingMessage) -> Void
  ) throws(NodeError) {
    var told: [Told] = []
    _ = try Replay.all(source) { event, fact, context, before in
      guard context.index >= first else { return }
      told.append(Told(index: context.index, event: event, messages: before.messages(for: fact, in: context)))
    } onBlock: { ledger in
      let checkpoint = "\(ledger.size) \(ledger.tiles.root.base64)"
      for item in told {
        for (number, message) in item.messages.enumerated() {
          let id = "\(ledger.community.genesis.origin)/\(item.index).\(item.event).\(number)"
          visit(
            OutgoingMessage(
              message: message, index: item.index,
              headers: [
                ("Nats-Msg-Id", id), ("Twinergy-Index", String(item.index)), ("Twinergy-Checkpoint", checkpoint),
              ]))
        }
      }
      told = []
    }
  }
}
