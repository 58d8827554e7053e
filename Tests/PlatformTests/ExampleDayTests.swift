import Foundation
import Cryptography
import Kernel
import Log
import NATS
import NATSServer
import Node
import Quantities
import Storage
import Synchronization
import Testing
import Village

@testable import Platform

/// The day of Specs/examples, in which each message of the deliverable's tables is told, on a node whose clock is the day's.
@Suite("The day of all messages")
struct ExampleDayTests {
  private final class Clock: Sendable {
    let time: Mutex<Instant>

    init(_ time: Instant) { self.time = Mutex(time) }

    func now() -> Instant { time.withLock { $0 } }
  }

  /// What an example says that is told.
  private struct Told: Hashable {
    let subject: String
    let payload: Data

    init(_ subject: String, _ payload: any Sequence<UInt8>) throws {
      self.subject = subject
      // Members in one order, whatever wrote them.
      let value = try JSONSerialization.jsonObject(with: Data(payload))
      self.payload = try JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    }
  }

  private static func node(_ directory: String) async throws -> Node {
    let genesis = try Village.genesis()
    let clock = Clock(genesis.time)
    let node = try Node(
      store: LogStore.create(directory, genesis: genesis),
      keys: ValidatorKeys(name: "village", vote: Village.key("validator"), cosign: Village.key("cosigner")),
      clock: { clock.now() })
    var sequences: [String: Int] = [:]
    func say(_ author: String, _ event: String) async throws {
      sequences[author, default: 0] += 1
      _ = try await node.submit(Village.line(author, sequence: sequences[author]!, [event]).bytes)
    }
    for module in ExampleDay.modules { try await say("validator", ExampleDay.grant(module, role: module)) }
    for step in try ExampleDay().steps {
      clock.time.withLock { $0 = step.at }
      try await say(step.author, step.event)
    }
    return node
  }

  private static func examples() throws -> [Told] {
    let text = try Data(contentsOf: ExampleDay.specs.appending(path: "examples/messages.jsonl"))
    return try text.split(separator: UInt8(ascii: "\n")).map { line in
      let example = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
      let payload = try JSONSerialization.data(withJSONObject: example["payload"]!)
      return try Told(#require(example["subject"] as? String), payload)
    }
  }

  @Test(arguments: [nil, "TWINERGY"])
  func `is told over NATS as the log has it`(_ stream: String?) async throws {
    let scratch = try Scratch()
    let node = try await Self.node(scratch("data"))
    var expected: [OutgoingMessage] = []
    try MessageProjection.visit(node.store) { expected.append($0) }
    let server = try await Server()
    let listener = try await Connection.open(ConnectionOptions([server.url]))
    let messages = try listener.subscribe(">")
    try await listener.flush()
    var options = PlatformService.Options(ConnectionOptions([server.url]))
    options.stream = stream
    let service = PlatformService(node, options, clock: { Instant(milliseconds: 0) }, sink: { _ in })
    let running = Task { try await service.run() }
    var came: [IncomingMessage] = []
    for try await message in messages {
      if message.headers["Twinergy-Index"] != nil { came.append(message) }
      if came.count == expected.count { break }
    }
    for (message, expected) in zip(came, expected) {
      #expect(message.subject == expected.message.subject && message.payload == expected.message.payload)
      for (name, value) in expected.headers { #expect(message.headers[name] == value) }
    }
    let told = Set(try came.map { try Told($0.subject, $0.payload) })
    for example in try Self.examples() { #expect(told.contains(example), "nothing like it on \(example.subject)") }
    running.cancel()
    try? await running.value
    #expect(service.statistics.messages == expected.count && !service.statistics.isConnected)
    listener.close()
  }
}
