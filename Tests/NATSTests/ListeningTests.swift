import Dispatch
import NATSServer
import Testing

@testable import NATS

@Suite("Listening")
struct ListeningTests {
  @Test func `hands over what comes in, in order`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let (numbers, heard) = AsyncStream.makeStream(of: Int.self)
    try connection.listen("a", messages: 2000, bytes: 1 << 20) { message, _ in
      heard.yield(Int(String(decoding: message.payload, as: UTF8.self))!)
    }
    for number in 0..<1000 { try connection.publish("a", Array("\(number)".utf8)) }
    #expect(await numbers.prefix(1000).reduce(into: []) { $0.append($1) } == Array(0..<1000))
  }

  @Test func `drops what is too much, counts it, and goes on`() async throws {
    let server = try await Server()
    let connection = try await Connection.open(ConnectionOptions([server.url]))
    let gate = DispatchSemaphore(value: 0)
    let (heard, told) = AsyncStream.makeStream(of: (number: Int, dropped: Int).self)
    try connection.listen("a", messages: 10, bytes: 1 << 20) { message, dropped in
      gate.wait()
      gate.signal()
      told.yield((Int(String(decoding: message.payload, as: UTF8.self))!, dropped))
    }
    for number in 0..<100 { try connection.publish("a", Array("\(number)".utf8)) }
    // A request after them, answered by the same connection, shows that they are all here.
    let echo = try connection.subscribe("echo")
    Task { for try await message in echo { try connection.publish(message.reply!, message.payload) } }
    _ = try await connection.request("echo", [], timeoutMilliseconds: 60_000)
    gate.signal()
    var (count, dropped) = (0, 0)
    for await message in heard {
      (count, dropped) = (count + 1, dropped + message.dropped)
      // The second was taken from the line: there is room for one more.
      if count == 2 { try connection.publish("a", Array("100".utf8)) }
      if message.number == 100 { break }
    }
    #expect(count + dropped == 101 && (11...12).contains(count))
  }
}
