import Community
import Cryptography
import Kernel
import NATS
import Node
import Quantities
import Synchronization

/// A node's place on the platform: its messages go out, requests are answered, and everybody knows who is alive.
public struct PlatformService: Sendable {
  /// What it is told.
  public struct Options: Sendable {
    /// Where the broker is and who we are there.
    public var connection: ConnectionOptions
    /// The JetStream stream that keeps the messages, if one does.
    public var stream: String?
    /// The gateway's own key; without it requests are answered but nothing is changed.
    public var key: SecretKey?
    /// Whether all error codes are 409, as D7.1 Table 26 has them.
    public var isCompatible = false
    /// The modules that this node speaks for.
    public var own: [Correspondent] = [.M9]
    /// Modules that count as missing even if they are never heard.
    public var expected: [Correspondent] = []
    /// Milliseconds between heartbeats.
    public var heartbeat = 10_000

    /// Options for a broker.
    public init(_ connection: ConnectionOptions) { self.connection = connection }
  }

  private final class Stopping: Sendable { let flag = Atomic(false) }

  private let node: Node
  private let options: Options
  private let stopping = Stopping()
  private let meter = PlatformMeter()
  private let clock: @Sendable () -> Instant
  private let sink: PlatformEvent.Sink

  /// The service of `node`.
  public init(
    _ node: Node, _ options: Options, clock: @escaping @Sendable () -> Instant, sink: @escaping PlatformEvent.Sink
  ) { (self.node, self.options, self.clock, self.sink) = (node, options, clock, sink) }

  /// What it has done so far.
  public var statistics: PlatformStatistics { meter.statistics }

  /// Serves until the task is cancelled; throws when the process must stop and look again.
  public func run() async throws {
    let publisher = try await Publisher(node, options.connection, stream: options.stream, meter: meter, sink: sink)
    let author = try await gatewayAuthor()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await publisher.run() }
      group.addTask { try await answer(author) }
      try await group.next()
      group.cancelAll()
    }
  }

  private func gatewayAuthor() async throws -> GatewayAuthor? {
    guard let key = options.key else { return nil }
    return try await GatewayAuthor(node, key, clock: clock)
  }

  /// Answers requests, on one connection after another.
  private func answer(_ author: GatewayAuthor?) async throws {
    var attempt = 0
    while !Task.isCancelled {
      do {
        let connection = try await open()
        attempt = 0
        try await serve(connection, author)
      } catch {
        if Task.isCancelled { return }
        if let error = error as? NATSError, error.kind == .invalid { throw error }
        attempt += 1
        let wait = Backoff.milliseconds(attempt)
        sink(
          PlatformEvent(
            "gateway_waits", isWarning: true, ("sentence", "\(error)"), ("milliseconds", String(wait))))
        try? await Task.sleep(for: .milliseconds(wait))
      }
    }
  }

  private func open() async throws -> Connection {
    var connecting = options.connection
    connecting.name += " gateway"
    let told = connecting.onEvent
    connecting.onEvent = { [meter, sink, stopping] event in
      told(event)
      switch event {
      case .disconnected, .closed: meter.gateway(isConnected: false)
      case .reconnected: meter.gateway(isConnected: true)
      case .fault: break
      }
      if stopping.flag.load(ordering: .relaxed) { return }
      switch event {
      case .disconnected: sink(PlatformEvent("gateway_disconnected", isWarning: true))
      case .reconnected: sink(PlatformEvent("gateway_reconnected"))
      case .closed: break
      case .fault(let what): sink(PlatformEvent("gateway_fault", isWarning: true, ("sentence", what)))
      }
    }
    return try await Connection.open(connecting)
  }

  private func serve(_ connection: Connection, _ author: GatewayAuthor?) async throws {
    let awareness = Awareness(
      connection, own: options.own, expected: options.expected, interval: options.heartbeat, clock: clock, sink: sink)
    let services = Services(
      connection, Gateway.receivers, operations: Community.operations, id: NodeName.make(), started: clock())
    let gateway = Gateway(
      node, connection, author: author, awareness: awareness, services: services, meter: meter,
      isCompatible: options.isCompatible, clock: clock)
    let submissions = Submissions(node, connection)
    let (questions, lines) = (try gateway.subscribe(), try submissions.subscribe())
    let (states, searches) = (try awareness.subscribe(), try services.subscribe())
    try await connection.flush()
    try connection.requirePermitted()
    meter.gateway(isConnected: true)
    sink(PlatformEvent("answering", ("for", Gateway.receivers.map(\.rawValue).joined(separator: ","))))
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await gateway.run(questions) }
        group.addTask { try await submissions.run(lines) }
        group.addTask { try await awareness.run(states) }
        group.addTask { try await services.run(searches) }
        try await group.next()
        group.cancelAll()
      }
    } catch {
      if !Task.isCancelled {
        connection.close()
        throw error
      }
    }
    stopping.flag.store(true, ordering: .relaxed)
    awareness.stop()
    try await connection.drain()
  }
}

/// The name of one run of a node among others.
enum NodeName {
  static func make() -> String {
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return String((0..<22).map { _ in letters.randomElement()! })
  }
}
