import Foundation
import NATS
import Node
import Synchronization

/// Validators that reach each other over NATS.
///
/// Nothing that arrives is believed, not even its sender: a broker that is set up well lets each pilot publish under its own
/// name alone (Specs/operations.md), and what a packet says is signed besides. A connection that breaks is opened anew, to
/// any of the servers, for as long as the node runs; what was to be sent meanwhile is dropped, since all of it is repeated.
public final class NATSTransport: ValidatorTransport {
  /// The most packets that wait on one subject of one validator; a flood costs nobody else's.
  static let capacity = 512
  /// The most bytes of them: 8 MiB.
  static let capacityInBytes = 8 << 20
  /// The longest wait between two attempts to connect, in milliseconds.
  static let longestWait = 2000

  private struct State {
    var connection: Connection?
    var running: Task<Void, Never>?
    var others: Set<String> = []
    var deliver: @Sendable ([UInt8], String) -> Void = { _, _ in }
    var dropped = 0
  }

  private let options: ConnectionOptions
  private let subjects: ValidatorSubjects
  private let tell: @Sendable (_ event: String, _ sentence: String) -> Void
  private let postbox = Postbox()
  private let state = Mutex(State())

  /// The way of the validator `me` to the `others` of the log `chain`.
  ///
  /// - Parameter tell: is told when the connection comes and goes.
  public init(
    _ options: ConnectionOptions, chain: String, me: String, others: [String],
    tell: @escaping @Sendable (_ event: String, _ sentence: String) -> Void = { _, _ in }
  ) {
    var options = options
    options.reconnect = .never
    options.pingIntervalMilliseconds = 2000
    (self.options, self.tell) = (options, tell)
    subjects = ValidatorSubjects(chain: chain, me: me)
    state.withLock { $0.others = Set(others) }
  }

  /// Delivers what these say too.
  public func know(_ names: [String]) {
    let (connection, new) = state.withLock { state in
      (state.connection, names.filter { state.others.insert($0).inserted })
    }
    // Where that fails the connection is over, and the next one listens to all.
    if let connection { try? listen(connection, new) }
  }

  /// Packets that were not sent, and those that were dropped because too many came.
  public var dropped: Int { postbox.dropped + state.withLock { $0.dropped } }

  /// Listens from now on.
  public func start(_ deliver: @escaping @Sendable (_ packet: [UInt8], _ sender: String) -> Void) {
    state.withLock { state in
      state.deliver = deliver
      state.running = Task { await run() }
    }
  }

  /// Sends to all other validators.
  public func broadcast(_ packet: [UInt8]) { post(packet, subjects.toAll) }

  /// Sends to one.
  public func send(_ packet: [UInt8], to name: String) { post(packet, subjects.to(name)) }

  /// Ends the connection.
  public func stop() {
    let (connection, running) = state.withLock { ($0.connection, $0.running) }
    running?.cancel()
    connection?.close()
  }

  private func post(_ packet: [UInt8], _ subject: String) {
    postbox.add(packet) { [self] packet in
      guard let connection = state.withLock({ $0.connection }) else { return false }
      return (try? connection.publish(subject, packet)) != nil
    }
  }

  private func run() async {
    var attempt = 0
    while !Task.isCancelled {
      do throws(NATSError) {
        let connection = try await Connection.open(options)
        attempt = 0
        let others = state.withLock { state in
          state.connection = connection
          return state.others
        }
        try listen(connection, others.sorted())
        tell("reached", options.urls.joined(separator: ","))
        if !Task.isCancelled { await connection.untilClosed() }
        tell("unreached", "the connection to NATS is over")
      } catch {
        if attempt.isMultiple(of: 10) { tell("unreached", "\(error)") }
      }
      // Closing waits for the library's threads, which may wait for us: never under the lock, nor on a thread of Swift's tasks.
      let broken = state.withLock { state in
        defer { state.connection = nil }
        return state.connection
      }
      if let broken { Thread.detachNewThread { broken.close() } }
      attempt += 1
      try? await Task.sleep(for: .milliseconds(min(Self.longestWait, Backoff.milliseconds(attempt))))
    }
  }

  /// Delivers what `names` say.
  private func listen(_ connection: Connection, _ names: [String]) throws(NATSError) {
    let deliver = state.withLock { $0.deliver }
    for name in names {
      for subject in subjects.of(name) {
        try connection.listen(subject, messages: Self.capacity, bytes: Self.capacityInBytes) {
          [self] message, dropped in
          if dropped > 0 { state.withLock { $0.dropped += dropped } }
          deliver(message.payload, name)
        }
      }
    }
  }
}
