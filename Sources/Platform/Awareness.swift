import Encoding
import Kernel
import NATS
import Quantities
import Synchronization

/// Who of the platform is alive (D7.1 section 6.1): heartbeats go out, those of others are heard, and silence is told.
///
/// A module that has been heard once and then is silent for three intervals counts as missing: its error is published in
/// its name, once, and answers in its name carry the age of what it last said.
final class Awareness: Sendable {
  /// So many intervals of silence make a module missing.
  static let patience = 3

  private struct Heard {
    var at: Int
    var isMissing = false
  }

  private let connection: Connection
  private let own: [Correspondent]
  private let interval: Int
  private let clock: @Sendable () -> Instant
  private let sink: PlatformEvent.Sink
  private let heard = Mutex<[Correspondent: Heard]>([:])

  /// - Parameters:
  ///   - own: the modules that this node speaks for.
  ///   - expected: others that count as missing even if they are never heard.
  ///   - interval: milliseconds between heartbeats.
  init(
    _ connection: Connection, own: [Correspondent], expected: [Correspondent], interval: Int,
    clock: @escaping @Sendable () -> Instant, sink: @escaping PlatformEvent.Sink
  ) {
    (self.connection, self.own, self.interval) = (connection, own, interval)
    (self.clock, self.sink) = (clock, sink)
    let now = Monotonic.milliseconds
    heard.withLock { heard in for module in expected where !own.contains(module) { heard[module] = Heard(at: now) } }
  }

  /// Begins to listen.
  func subscribe() throws(NATSError) -> [Subscription] {
    try ["*.notify.status", "*.notif.status", "*.notify.error", "*.notif.error"].map { (subject) throws(NATSError) in
      try connection.subscribe(subject)
    }
  }

  /// Beats and listens until the task is cancelled or the connection ends.
  func run(_ subscriptions: [Subscription]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for subscription in subscriptions {
        group.addTask { [self] in for try await message in subscription { hear(message) } }
      }
      group.addTask { [self] in try await beat() }
      try await group.next()
      group.cancelAll()
    }
  }

  /// Says that this node stops.
  func stop() { tellStatus(205, "stopping") }

  private func beat() async throws {
    tellStatus(100, "starting")
    while true {
      tellStatus(200, "running")
      tellMissing(at: Monotonic.milliseconds)
      try await Task.sleep(for: .milliseconds(interval))
    }
  }

  private func tellStatus(_ code: Int, _ text: String) {
    for module in own { publish(module, "status", code, text) }
  }

  private func publish(_ module: Correspondent, _ kind: String, _ code: Int, _ text: String) {
    let payload = JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("timestamp", clock().description)
        fields.field("code", code)
        fields.field("message", text)
      }
    }
    for type in ["notif", "notify"] {
      try? connection.publish("\(module).\(type).\(kind)", payload, headers: ["Twinergy-Node": "1"])
    }
  }

  /// A module said something of itself, unless this node said it.
  private func hear(_ message: IncomingMessage) {
    guard message.headers["Twinergy-Node"] == nil, message.headers["Twinergy-Index"] == nil,
      let module = message.subject.split(separator: ".").first.flatMap({ Correspondent(rawValue: String($0)) }),
      !own.contains(module)
    else { return }
    let wasMissing = heard.withLock { heard in
      let before = heard.updateValue(Heard(at: Monotonic.milliseconds), forKey: module)
      return before?.isMissing == true
    }
    if wasMissing { sink(PlatformEvent("module_is_back", ("module", module.rawValue))) }
  }

  private func tellMissing(at now: Int) {
    let limit = interval * Self.patience
    let missing = heard.withLock { heard in
      var missing: [(Correspondent, Int)] = []
      for (module, last) in heard where !last.isMissing && now - last.at > limit {
        heard[module]!.isMissing = true
        missing.append((module, now - last.at))
      }
      return missing.sorted { $0.0 < $1.0 }
    }
    for (module, silence) in missing {
      sink(
        PlatformEvent(
          "module_is_silent", isWarning: true, ("module", module.rawValue), ("seconds", "\(silence / 1000)")))
      publish(module, "error", 503, "\(module) is silent for \(silence / 1000) s; its last known data are served")
    }
  }

  /// For how many seconds `module` has been silent, if it is missing.
  func silence(of module: Correspondent, at now: Int) -> Int? {
    heard.withLock { heard in heard[module].flatMap { $0.isMissing ? (now - $0.at) / 1000 : nil } }
  }
}

/// A clock that only goes on.
enum Monotonic {
  private static let start = ContinuousClock.now

  /// Since the program asked first.
  static var milliseconds: Int {
    let (seconds, attoseconds) = start.duration(to: .now).components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
