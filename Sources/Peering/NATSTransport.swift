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
  /// The most messages of one subscription that nobody has looked at yet.
  static let capacity = 128
  /// The longest wait between two attempts to connect, in milliseconds.
  static let longestWait = 2000

  private struct State {
    var connection: Connection?
    var running: Task<Void, Never>?
    var ended = 0
  }

  private let options: ConnectionOptions
  private let subjects: ValidatorSubjects
  private let me: String
  private let senders: Mutex<[Substring: String]>
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
    (self.options, self.me, self.tell) = (options, me, tell)
    subjects = ValidatorSubjects(chain: chain, me: me)
    senders = Mutex([:])
    know(others)
  }

  /// Delivers what these say too.
  public func know(_ names: [String]) {
    senders.withLock { senders in
      for name in names { senders[ValidatorSubjects.token(name)[...]] = name }
    }
  }

  /// Packets that were not sent, and subscriptions that ended because more came than could be looked at.
  public var dropped: Int { postbox.dropped + state.withLock { $0.ended } }

  /// Listens from now on.
  public func start(_ deliver: @escaping @Sendable (_ packet: [UInt8], _ sender: String) -> Void) {
    let task = Task { await run(deliver) }
    state.withLock { $0.running = task }
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

  private func run(_ deliver: @escaping @Sendable ([UInt8], String) -> Void) async {
    var attempt = 0
    while !Task.isCancelled {
      do throws(NATSError) {
        let connection = try await Connection.open(options)
        attempt = 0
        state.withLock { $0.connection = connection }
        tell("reached", options.urls.joined(separator: ","))
        try await listen(connection, deliver)
        tell("unreached", "the connection to NATS is over")
      } catch {
        if attempt.isMultiple(of: 10) { tell("unreached", "\(error)") }
        if error.kind == .slowConsumer { state.withLock { $0.ended += 1 } }
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
    state.withLock { $0.connection?.close() }
  }

  /// Delivers what comes, until one of the subscriptions ends.
  private func listen(
    _ connection: Connection, _ deliver: @escaping @Sendable ([UInt8], String) -> Void
  ) async throws(NATSError) {
    var subscriptions: [Subscription] = []
    for subject in subjects.mine { subscriptions.append(try connection.subscribe(subject, capacity: Self.capacity)) }
    let ended = await withTaskGroup(of: NATSError?.self) { group in
      for subscription in subscriptions {
        group.addTask { [self] in
          do {
            for try await message in subscription {
              // Last token of the subject; its own words, which come back, are no news.
              let token = message.subject[message.subject.lastDot...]
              guard let sender = senders.withLock({ $0[token] }) else { continue }
              deliver(message.payload, sender)
            }
            return nil
          } catch {
            return error as? NATSError
          }
        }
      }
      let first = await group.next() ?? nil
      for subscription in subscriptions { subscription.cancel() }
      group.cancelAll()
      return first
    }
    if let ended { throw ended }
  }
}

extension String {
  /// Behind the last dot.
  fileprivate var lastDot: Index { lastIndex(of: ".").map { index(after: $0) } ?? startIndex }
}
