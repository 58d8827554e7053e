import Foundation
import NATSServer
import Testing

@testable import NATS

@Suite("A window before a stream")
struct StreamWindowTests {
  private static let stream = "EVENTS"

  private static func message(_ number: Int) -> StreamMessage {
    StreamMessage(subject: "M9.notif.a", payload: Array("\(number)".utf8), id: "c/\(number)")
  }

  /// The numbers of our messages, in the order of the stream.
  private static func stored(_ stream: JetStream) async throws -> [Int] {
    let count = try #require(try await stream.stream(Self.stream)).last
    let reader = try await stream.read(Self.stream)
    var numbers: [Int] = []
    for _ in 0..<count {
      let message = try #require(try await reader.next(timeoutMilliseconds: 10_000)).message
      if message.headers["Nats-Msg-Id"] != nil {
        numbers.append(try #require(Int(String(decoding: message.payload, as: UTF8.self))))
      }
    }
    return numbers
  }

  private static func open(_ server: Server) async throws -> (Connection, JetStream) {
    let connection = try await Connection.open(ConnectionOptions([server.url], reconnect: .never))
    return (connection, try JetStream(connection))
  }

  @Test func `has messages stored in order, whoever writes between them`() async throws {
    let server = try await Server()
    let (_, stream) = try await Self.open(server)
    try await stream.makeStream(Self.stream, subjects: ["M9.>"])
    let (other, _) = try await Self.open(server)
    var window = StreamWindow(stream)
    for number in 0..<1000 {
      try await window.send(Self.message(number))
      guard number % 7 == 0 else { continue }
      try other.publish("M9.notif.b", [])
      try await other.flush()
    }
    try await window.settle()
    #expect(window.stored == 1000)
    #expect(try await Self.stored(stream) == Array(0..<1000))
  }

  @Test func `lets nothing be stored behind a gap`() async throws {
    let server = try await Server()
    let (_, stream) = try await Self.open(server)
    try await stream.makeStream(Self.stream, subjects: ["M9.>"])
    let questions = try [(0, nil), (2, 1), (3, 2), (1, 0), (2, 1)].map { number, last in
      try stream.send(Self.message(number), behind: last.map { "c/\($0)" })
    }
    var words: [Int?] = []
    for question in questions {
      let word = try await stream.word(on: question)
      if case .stored(let stored) = word { words.append(stored.sequence) } else { words.append(nil) }
    }
    #expect(words == [1, nil, nil, 2, 3])
    #expect(try await Self.stored(stream) == [0, 1, 2])
  }

  @Test func `stores nothing twice that is sent again`() async throws {
    let server = try await Server()
    let (_, stream) = try await Self.open(server)
    try await stream.makeStream(Self.stream, subjects: ["M9.>"])
    for first in [0, 0, 150] {
      var window = StreamWindow(stream)
      for number in first..<400 { try await window.send(Self.message(number)) }
      try await window.settle()
      #expect(window.stored == 400 - first)
    }
    #expect(try await Self.stored(stream) == Array(0..<400))
  }

  @Test func `goes on behind what the stream has when its server was killed`() async throws {
    let seed = UInt64.random(in: 0..<1 << 32)
    var random = Random(state: seed)
    let server = try await Server()
    var (connection, stream) = try await Self.open(server)
    try await stream.makeStream(Self.stream, subjects: ["M9.>"])
    var (known, broken) = (0, 0)
    while true {
      var window = StreamWindow(stream, known: known)
      // Of the first five windows each meets its server's end, some of them with all they may have under way.
      let killed = broken < 5 ? known + random.next(600) : .max
      var isKilled = false
      do {
        for number in 0..<4000 {
          if number == killed {
            await server.kill()
            isKilled = true
          }
          try await window.send(Self.message(number))
        }
        try await window.settle()
        known = window.stored
        break
      } catch {
        #expect(error.kind != .stream, "\(error), seed \(seed)")
        #expect(window.stored >= known, "seed \(seed)")
        known = window.stored
      }
      // A machine that starves the server breaks a window, too.
      if isKilled {
        broken += 1
        try await server.start()
      }
      (connection, stream) = try await Self.open(server)
    }
    #expect(known == 4000 && broken == 5, "seed \(seed)")
    #expect(try await Self.stored(stream) == Array(0..<4000), "seed \(seed)")
    connection.close()
  }

  @Test(arguments: [
    ("", false), ("{}", false), (#"{"stream":"S","seq":7}"#, true), (#"{"seq":"7"}"#, false),
    (#"{"stream":"S","seq":7,"duplicate":true,"domain":"d"}"#, true),
    (#"{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"seq":0}"#, false),
  ])
  func `believes only a stream's word`(_ text: String, _ isGood: Bool) throws {
    let word = try? StreamWord(Array(text.utf8), subject: "a")
    #expect((word != nil) == isGood)
    if isGood { #expect(word == .stored(.init(sequence: 7, isDuplicate: text.contains("duplicate")))) }
  }

  @Test func `knows that another message came between`() throws {
    let text = #"{"error":{"code":400,"err_code":10070,"description":"wrong last msg ID: c/1"},"stream":"S","seq":0}"#
    #expect(try StreamWord(Array(text.utf8), subject: "a") == .displaced)
  }
}

private struct Random {
  var state: UInt64

  /// 0 to `end` - 1.
  mutating func next(_ end: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % end
  }
}
