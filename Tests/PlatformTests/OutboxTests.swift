import Foundation
import Testing

@testable import Platform

@Suite("The outbox")
struct OutboxTests {
  private let directory = NSTemporaryDirectory() + "twinergy-outbox-\(UUID().uuidString)"
  private var file: String { directory + "/outbox.json" }

  init() throws { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true) }

  @Test func `begins at the start and keeps what was saved`() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let outbox = Outbox(directory: directory, chain: "a.example/b")
    #expect(try outbox.load() == .init(size: 1))
    for size in [1, 7, 1 << 40] {
      for stream in [nil, 1_700_000_000_123_456_789] {
        let position = Outbox.Position(size: size, stream: stream)
        try outbox.save(position)
        #expect(try outbox.load() == position)
      }
    }
    outbox.reset()
    #expect(try outbox.load() == .init(size: 1))
  }

  @Test(arguments: [
    "", "{", "[]", #"{"chain":"a.example/b"}"#, #"{"chain":"other","size":3}"#, #"{"chain":"a.example/b","size":0}"#,
    #"{"chain":"a.example/b","size":3,"more":1}"#, String(repeating: " ", count: 5000),
  ])
  func `refuses a file that is damaged or another log's`(_ text: String) throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: PlatformError.self) { try Outbox(directory: directory, chain: "a.example/b").load() }
    #expect(error?.code == "outbox_damaged")
  }

  @Test func `says when it cannot be saved`() throws {
    try FileManager.default.removeItem(atPath: directory)
    #expect(throws: PlatformError.self) { try Outbox(directory: directory, chain: "c").save(.init(size: 2)) }
  }
}
