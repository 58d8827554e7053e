import Synchronization
import NATSServer
import Testing

@testable import NATS

@Suite("A subscription")
struct SubscriptionTests {
  private func number(_ message: IncomingMessage) -> Int? { Int(String(decoding: message.payload, as: UTF8.self)) }

  @Test func `gives what comes in, in order, with headers`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let messages = try connection.subscribe("M9.>")
    for number in 0..<1000 {
      try connection.publish(
        "M9.notif.n\(number % 7)", Array("\(number)".utf8), headers: ["Nats-Msg-Id": "c/\(number)"])
    }
    var next = 0
    for try await message in messages {
      #expect(number(message) == next)
      #expect(message.headers["Nats-Msg-Id"] == "c/\(next)")
      #expect(message.subject == "M9.notif.n\(next % 7)")
      next += 1
      if next == 1000 { break }
    }
    #expect(next == 1000)
  }

  @Test func `ends with slow-consumer and drops nothing unseen`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let messages = try connection.subscribe("a", capacity: 10)
    for number in 0..<100 { try connection.publish("a", Array("\(number)".utf8)) }
    // A request after them, answered by the same connection, shows that they are all here.
    let echo = try connection.subscribe("echo")
    Task { for try await message in echo { try connection.publish(message.reply!, message.payload) } }
    _ = try await connection.request("echo", [], timeoutMilliseconds: 60_000)
    // Another thread of the library's hands them on.
    try await Task.sleep(for: .milliseconds(500))
    var seen: [Int?] = []
    let error = await #expect(throws: NATSError.self) {
      for try await message in messages { seen.append(number(message)) }
    }
    #expect(error?.kind == .slowConsumer)
    #expect(seen == Array(0..<seen.count) && seen.count >= 10)
  }

  @Test func `shares its queue's messages with the others`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let shares = try (0..<3).map { _ in try connection.subscribe("work", queue: "q") }
    for number in 0..<300 { try connection.publish("work", Array("\(number)".utf8)) }
    try await connection.flush()
    try await connection.drain()
    var all: [Int] = []
    for share in shares { for try await message in share { all.append(number(message)!) } }
    #expect(all.sorted() == Array(0..<300))
  }

  /// The library (3.4.1) looks at a subscription that is being freed while a long message comes in.
  @Test func `can end by a flood of long messages, again and again`() async throws {
    let server = try await Server()
    let (reader, writer) = (
      try await Connection.open(ConnectionOptions([server.url])),
      try await Connection.open(ConnectionOptions([server.url]))
    )
    let flood = Task {
      while !Task.isCancelled {
        for _ in 0..<8 { try writer.publish("flood", [UInt8](repeating: 7, count: 500_000)) }
        try await writer.flush(timeoutMilliseconds: 60_000)
      }
    }
    for _ in 0..<100 {
      let messages = try reader.subscribe("flood", capacity: 1)
      let error = await #expect(throws: NATSError.self) {
        for try await _ in messages { try await Task.sleep(for: .milliseconds(5)) }
      }
      #expect(error?.kind == .slowConsumer)
    }
    flood.cancel()
    _ = await flood.result
    #expect(!reader.isClosed)
  }

  @Test func `can end while messages flow, again and again`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    for round in 0..<50 {
      let messages = try connection.subscribe("r\(round)")
      for _ in 0..<20 { try connection.publish("r\(round)", [1]) }
      if round % 2 == 0 { messages.cancel() } else { for try await _ in messages { break } }
    }
    #expect(!connection.isClosed)
    try await connection.drain()
  }

  @Test func `lives on when the server is killed and comes back`() async throws {
    let server = try await Server()
    let events = AsyncStream.makeStream(of: ConnectionOptions.Event.self)
    let connection = try await Connection.open(
      ConnectionOptions([server.url]) { events.continuation.yield($0) })
    let messages = try connection.subscribe("a")
    await server.kill()
    for await event in events.stream where event == .disconnected { break }
    try await server.start()
    for await event in events.stream where event == .reconnected { break }
    try connection.publish("a", [1])
    for try await message in messages {
      #expect(message.payload == [1])
      break
    }
  }

  @Test func `ends with its connection`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url], reconnect: .never))
    let messages = try connection.subscribe("a")
    await server.kill()
    for try await _ in messages {}
    #expect(connection.isClosed)
    #expect(throws: NATSError.self) { try connection.publish("a", []) }
  }
}
