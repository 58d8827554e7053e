import Consensus
import Log
import Replica
import Synchronization

/// What waits before a validator: its timers, and of each other validator a bounded number of packets, taken in turn, so
/// that none shuts out the others.
final class Inbox: Sendable {
  /// The most packets of one sender that wait.
  static let capacity = 512
  /// The most bytes of one sender's packets that wait: 8 MiB.
  static let capacityInBytes = 8 << 20

  private struct Line {
    var packets: [(packet: Packet, length: Int)] = []
    var bytes = 0
  }

  private struct State {
    var lines: [String: Line]
    var timeouts: [Timeout] = []
    var isTickDue = false
    var isDraining = false
    var dropped = 0
    var malformed = 0
  }

  private let state: Mutex<State>
  private let wake: @Sendable () -> Void

  /// An inbox for packets of `senders`; `wake` is called when something waits and nobody is working on it.
  init(senders: [String], wake: @escaping @Sendable () -> Void) {
    state = Mutex(State(lines: Dictionary(uniqueKeysWithValues: senders.map { ($0, Line()) })))
    self.wake = wake
  }

  /// Packets that were dropped because too many waited or nobody knows their sender, and those that could not be read.
  var refused: (dropped: Int, malformed: Int) { state.withLock { ($0.dropped, $0.malformed) } }

  /// Takes packets of these senders too; answers whether one of them is new.
  func know(_ senders: [String]) -> Bool {
    state.withLock { state in
      let new = senders.filter { state.lines[$0] == nil }
      for sender in new { state.lines[sender] = Line() }
      return !new.isEmpty
    }
  }

  /// A packet has arrived: bytes from anybody.
  func receive(_ bytes: [UInt8], from sender: String) {
    let isKnown = state.withLock { state in
      guard let line = state.lines[sender], line.packets.count < Self.capacity,
        line.bytes + bytes.count <= Self.capacityInBytes
      else {
        state.dropped += 1
        return false
      }
      return true
    }
    guard isKnown else { return }
    // Read outside the lock, and before it costs the validator anything.
    guard let packet = try? Packet(bytes) else { return state.withLock { $0.malformed += 1 } }
    add { state in
      state.lines[sender]!.packets.append((packet, bytes.count))
      state.lines[sender]!.bytes += bytes.count
    }
  }

  /// A wait is over.
  func end(_ timeout: Timeout) { add { $0.timeouts.append(timeout) } }

  /// A second has passed.
  func tick() { add { $0.isTickDue = true } }

  private func add(_ change: (inout State) -> Void) {
    let isFirst = state.withLock { state in
      change(&state)
      defer { state.isDraining = true }
      return !state.isDraining
    }
    if isFirst { wake() }
  }

  /// Up to `count` packets, and the timers behind them: what was waited for may be here already. None ends the draining.
  func take(_ count: Int) -> [Replica.Input] {
    state.withLock { state in
      var inputs: [Replica.Input] = []
      let waiting = state.lines.filter { !$0.value.packets.isEmpty }
      let share = max(1, count / max(1, waiting.count))
      for (sender, line) in waiting {
        let taken = line.packets.prefix(share)
        inputs += taken.map { .receive($0.packet, from: sender) }
        state.lines[sender]!.bytes -= taken.reduce(0) { $0 + $1.length }
        state.lines[sender]!.packets.removeFirst(taken.count)
      }
      inputs += state.timeouts.map { .timeout($0) }
      if state.isTickDue { inputs.append(.tick) }
      (state.timeouts, state.isTickDue) = ([], false)
      state.isDraining = !inputs.isEmpty
      return inputs
    }
  }
}
