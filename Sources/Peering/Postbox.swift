import Dispatch
import Synchronization

/// What waits to be sent: in order, on a thread of its own, at most so many bytes.
final class Postbox: Sendable {
  /// The most bytes that wait: 16 MiB.
  static let capacity = 16 << 20

  private struct State {
    var bytes = 0
    var dropped = 0
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "twinergy.postbox")

  /// Packets that were not sent because too many waited, or because there was no connection.
  var dropped: Int { state.withLock { $0.dropped } }

  /// Has `send` called with `packet` after those before it; `send` answers whether it went out.
  func add(_ packet: [UInt8], _ send: @escaping @Sendable (_ packet: [UInt8]) -> Bool) {
    let hasRoom = state.withLock { state in
      guard state.bytes + packet.count <= Self.capacity else {
        state.dropped += 1
        return false
      }
      state.bytes += packet.count
      return true
    }
    guard hasRoom else { return }
    queue.async { [self] in
      let isSent = send(packet)
      state.withLock { state in
        state.bytes -= packet.count
        if !isSent { state.dropped += 1 }
      }
    }
  }
}
