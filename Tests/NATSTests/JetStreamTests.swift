import NATSServer
import Testing

@testable import NATS

@Suite("A JetStream stream")
struct JetStreamTests {
  @Test func `keeps each message once and gives them back in order`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let stream = try JetStream(connection)
    #expect(try await stream.stream("EVENTS") == nil)
    try await stream.makeStream("EVENTS", subjects: ["M9.>"])
    for number in 0..<100 {
      let stored = try await stream.publish(
        "M9.notif.a", Array("\(number)".utf8), headers: ["X": "y"], id: "c/\(number)")
      #expect(stored == .init(sequence: number + 1, isDuplicate: false))
    }
    #expect(try await stream.publish("M9.notif.a", [], id: "c/40").isDuplicate)
    #expect(try await stream.stream("EVENTS")?.count == 100)
    let reader = try await stream.read("EVENTS", from: 31)
    for number in 30..<100 {
      let item = try #require(try await reader.next(timeoutMilliseconds: 60_000))
      #expect(item.sequence == number + 1)
      #expect(item.message.payload == Array("\(number)".utf8))
      #expect(item.message.headers["Nats-Msg-Id"] == "c/\(number)" && item.message.headers["X"] == "y")
      #expect(item.pending == 99 - number)
    }
    #expect(try await reader.next(timeoutMilliseconds: 50) == nil)
  }

  @Test func `is another one once it was deleted and made again`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let stream = try JetStream(connection)
    let first = try await stream.makeStream("A", subjects: ["a"])
    #expect(try await stream.makeStream("A", subjects: ["a"]) == first)
    _ = try await connection.request("$JS.API.STREAM.DELETE.A", [])
    #expect(try await stream.makeStream("A", subjects: ["a"]).created != first.created)
  }

  @Test func `refuses what it cannot store`() async throws {
    let server = try await Server()
    let stream = try JetStream(await Connection.open(ConnectionOptions([server.url])))
    await #expect(throws: NATSError.self) { try await stream.publish("nobody.stores.this", [], id: "1") }
    let missing = await #expect(throws: NATSError.self) { _ = try await stream.read("MISSING") }
    #expect(missing?.kind == .stream)
  }
}
