import Foundation
import NATS
import Node
import Platform
import Quantities

/// The messages of a demonstration as they go out over NATS, seen by a listener of its own.
struct LiveMessages {
  private static let patience = Duration.seconds(60)

  private let broker: OwnServer
  private let node: Node
  private let listener = MessageListener()
  private let tasks: [Task<Void, any Error>]

  /// Begins to publish `node`'s messages to a broker of its own.
  init(_ node: Node) async throws {
    self.node = node
    broker = try OwnServer()
    // A new broker has none of them, whatever an earlier run has sent to its own.
    Outbox(directory: node.store.directory, chain: await node.community().genesis.origin).reset()
    let connection = try await Connection.open(ConnectionOptions([broker.url], name: "twinergy demo listener"))
    let messages = try connection.subscribe("*.notif.>")
    try await connection.flush()
    Console.note("messages go out on \(broker.url)\n")
    let options = PlatformService.Options(ConnectionOptions([broker.url], name: "twinergy demo"))
    let platform = PlatformService(node, options) {
      Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
    } sink: { event in
      if event.isWarning { Console.note("\(event.name) \(event.fields.map(\.value).joined(separator: " "))") }
    }
    tasks = [
      Task { try await platform.run() },
      Task { [listener] in
        defer { connection.close() }
        for try await message in messages { listener.take(message) }
      },
    ]
  }

  /// Waits until the log's last message has come in; answers how many there were.
  func finish() async throws -> Int {
    var found: String?
    try MessageProjection.visit(node.store) { if $0.message.subject.contains(".notif.") { found = $0.id } }
    let timer = Task { [listener] in
      try await Task.sleep(for: Self.patience)
      listener.giveUp()
    }
    defer {
      timer.cancel()
      for task in tasks { task.cancel() }
    }
    if let found, await !listener.wait(for: found) {
      throw NATSError(.timeout, "the log's last message, \(found), did not come within \(Self.patience)")
    }
    return listener.count
  }
}
