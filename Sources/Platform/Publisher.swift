import Encoding
import Kernel
import NATS
import Node

/// Sends out the messages of a log: each at least once, in order, with its id, after its block is on the disk.
///
/// The connection never reconnects by itself: what a broken one lost must not be followed by what comes later. A new one
/// begins behind the last block that the broker is known to have, so that a receiver that drops the ids it has seen gets
/// each message exactly once, in order. Where a JetStream stream is named, a message counts once the stream says it has it;
/// several are under way at a time, and after a break the first goes out again of which it has not said so.
public actor Publisher {
  /// The most messages between two confirmations.
  static let batch = 256

  private let executor = BlockingExecutor("twinergy.publisher")
  /// A thread of its own: it reads the log and waits for the disk.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let node: Node
  private var options: ConnectionOptions
  private let stream: String?
  private let outbox: Outbox
  private let meter: PlatformMeter
  private let sink: PlatformEvent.Sink
  private var position: Outbox.Position
  /// The projection at `position`.
  private var confirmed: MessageProjection?
  /// So many messages behind `position` the stream has already.
  private var stored = 0
  private var attempt = 0

  /// A publisher of `node`'s log.
  ///
  /// - Parameter stream: the JetStream stream that keeps the messages; made where it is missing.
  init(
    _ node: Node, _ options: ConnectionOptions, stream: String?, meter: PlatformMeter,
    sink: @escaping PlatformEvent.Sink
  ) async throws(PlatformError) {
    (self.node, self.stream, self.meter, self.sink) = (node, stream, meter, sink)
    var options = options
    options.reconnect = .never
    options.name += " publisher"
    self.options = options
    let community = await node.community()
    outbox = Outbox(directory: node.store.directory, chain: community.genesis.origin)
    position = try outbox.load()
    meter.told(position.size, messages: 0)
  }

  /// Publishes until the task is cancelled; a broker that is away is waited for.
  ///
  /// Throws when the log cannot be read or the place cannot be saved: the process must stop and look again.
  public func run() async throws {
    while !Task.isCancelled {
      do {
        let wakeUps = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        // A broker that is gone may come back without what it had, so its end is noticed at once.
        options.onEvent = { if $0 == .closed { wakeUps.continuation.finish() } }
        let connection = try await Connection.open(options)
        meter.publisher(isConnected: true)
        defer {
          meter.publisher(isConnected: false)
          connection.close()
        }
        let sizes = node.sizes()
        let relay = Task { for await size in sizes { wakeUps.continuation.yield(size) } }
        defer { relay.cancel() }
        sink(PlatformEvent("publishing", ("from", String(position.size))))
        try await publish(over: connection, wakeUps.stream)
      } catch let error as NATSError {
        // A wrong URL or file stays wrong.
        if error.kind == .invalid { throw error }
        attempt += 1
        let wait = Backoff.milliseconds(attempt)
        sink(
          PlatformEvent(
            "publisher_waits", isWarning: true, ("code", error.code), ("sentence", error.sentence),
            ("milliseconds", String(wait))))
        try? await Task.sleep(for: .milliseconds(wait))
      }
    }
  }

  private func publish(over connection: Connection, _ sizes: AsyncStream<Int>) async throws {
    let jetStream = try await openStream(connection)
    var window = jetStream.map { StreamWindow($0, known: stored) }
    defer { stored = window?.stored ?? 0 }
    var projection = try startingPoint()
    for await size in sizes {
      var unconfirmed = 0
      while let messages = try projection.next(node.store, end: size) {
        for message in messages { try await send(message, connection, &window) }
        unconfirmed += messages.count
        if unconfirmed >= Self.batch {
          try await confirm(projection, unconfirmed, connection, &window)
          unconfirmed = 0
        }
      }
      if projection.size > position.size { try await confirm(projection, unconfirmed, connection, &window) }
    }
    guard Task.isCancelled else { throw NATSError(.connection, "the connection is gone") }
  }

  private func send(
    _ message: OutgoingMessage, _ connection: Connection, _ window: inout StreamWindow?
  ) async throws(NATSError) {
    let (subject, payload) = (message.message.subject, message.message.payload)
    let headers = Headers(message.headers)
    if window != nil, MessageStream.keeps(subject) {
      try await window?.send(StreamMessage(subject: subject, payload: payload, headers: headers, id: message.id))
    } else {
      try connection.publish(subject, payload, headers: headers)
    }
  }

  /// Waits until the broker has all that was sent, and saves the place.
  private func confirm(
    _ projection: MessageProjection, _ messages: Int, _ connection: Connection, _ window: inout StreamWindow?
  ) async throws {
    try await window?.settle()
    try await connection.flush()
    try connection.requirePermitted()
    position.size = projection.size
    try outbox.save(position)
    window?.forgetStored()
    (confirmed, attempt) = (projection, 0)
    meter.told(position.size, messages: messages)
  }

  /// The projection at the saved place, built from the newest snapshot before it.
  private func startingPoint() throws -> MessageProjection {
    if let confirmed, confirmed.size == position.size { return confirmed }
    var projection = try MessageProjection(node.store, before: position.size)
    while projection.size < position.size {
      guard try projection.next(node.store, end: position.size) != nil else { break }
    }
    guard projection.size == position.size else {
      throw PlatformError.outbox(
        "messages of \(position.size) leaves have gone out, but the log has no block that ends there: "
          + "it is older than the outbox, or another one")
    }
    confirmed = projection
    return projection
  }

  /// The stream, if one is named. Another one than before has lost what was sent: all goes out again.
  private func openStream(_ connection: Connection) async throws -> JetStream? {
    guard let stream else { return nil }
    let jetStream = try JetStream(connection)
    let found = try await jetStream.stream(stream)
    let info =
      if let found { found } else { try await jetStream.makeStream(stream, subjects: MessageStream.subjects) }
    if position.stream != info.created {
      sink(PlatformEvent("stream_is_new", ("stream", stream)))
      position = Outbox.Position(size: 1, stream: info.created)
      stored = 0
    }
    return jetStream
  }
}

/// The stream that keeps a log's messages.
public enum MessageStream {
  /// What it keeps. Not requests and responses: JetStream answers whoever publishes with a reply subject, and a request's
  /// asker would take that for the answer. Each name is spelt out: current servers take no stream whose first token is a
  /// wildcard, for it could mean their own `$JS`.
  public static let subjects =
    Correspondent.allCases.flatMap { name in
      ["notif.>", "notify.*", "synchronization", "subject.>", "Timeseries.*"].map { "\(name).\($0)" }
    } + ["{M6}.{notif}.*"]

  /// Whether it keeps messages on `subject`.
  static func keeps(_ subject: String) -> Bool { subjects.contains { Subject.matches(subject, $0) } }
}
