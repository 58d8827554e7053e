import Community
import Cryptography
import Foundation
import Log
import Node
import Storage
import Testing

/// A day of two houses in the first format of the log: made once by the demonstration, and never again.
@Suite("The log of the first format") struct FirstFormatTests {
  private func source() throws -> TileDirectory {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try TileDirectory(tests.appending(path: "Fixtures/first-day").path)
  }

  @Test func `replays to the state that it always had`() throws {
    let source = try source()
    let ledger = try Replay.all(source)
    #expect(ledger.tiles.root == (try source.publishedCheckpoint().checkpoint.root))
    // Another digest means that a change of the program has changed what old logs mean. Give the event a new form instead,
    // or leave a new member of the state out while it has the value that it had before it was there (Specs/events.md).
    #expect(
      StateSnapshot(ledger.community).digest.hex == "c1ebcfe237028ed0c4c776c3913e4fb7adc15a18ea97d01c5e0cfcde299faddf")
    #expect(ledger.size == 406 && ledger.height == 202)
  }

  @Test func `tells the messages that it always told`() throws {
    var text = ""
    try MessageProjection.visit(source()) { outgoing in
      text +=
        "\(outgoing.headers[0].value) \(outgoing.message.subject) "
        + String(decoding: outgoing.message.payload, as: UTF8.self) + "\n"
    }
    #expect(SHA256.hash(Array(text.utf8)).hex == "9e30cae50a6a3db4f7b5a1ba40e97b7edb866da68367fe073fac8fd9e8bd7793")
  }
}
