import NATSServer
import Testing

@testable import NATS

@Suite("A request")
struct RequestTests {
  @Test func `is answered by whoever listens`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let questions = try connection.subscribe("getTime")
    Task {
      for try await question in questions { try connection.publish(question.reply!, question.payload + [1]) }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<1000 {
        group.addTask {
          let payload = Array("\(number)".utf8)
          let answer = try await connection.request("getTime", payload, timeoutMilliseconds: 60_000)
          #expect(answer.payload == payload + [1])
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `fails clearly where nobody answers`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let silent = try connection.subscribe("silent")
    let late = await #expect(throws: NATSError.self) {
      _ = try await connection.request("silent", [], timeoutMilliseconds: 50)
    }
    #expect(late?.kind == .timeout)
    let alone = await #expect(throws: NATSError.self) { _ = try await connection.request("nobody", []) }
    #expect(alone?.kind == .noResponders)
    silent.cancel()
  }

  @Test func `is refused where the payload is too large`() async throws {
    let server = try await Server("max_payload: 1000")
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    #expect(connection.largestPayload == 1000)
    let error = #expect(throws: NATSError.self) { try connection.publish("a", Array(repeating: 0, count: 1001)) }
    #expect(error?.kind == .payload)
  }
}
