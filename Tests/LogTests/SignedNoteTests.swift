import Encoding
import Testing

@testable import Log

@Suite("A signed note")
struct SignedNoteTests {
  static let blob = Base64.standard.encode([1, 2, 3, 4, 5])

  @Test func `takes its text up to the last empty line`() throws {
    let note = try SignedNote(Array("a\n\nb\n\n— n AQIDBAU=\n— m.example/x AQIDBAY=\n".utf8))
    #expect(note.text == "a\n\nb\n")
    #expect(note.signatures.map(\.name) == ["n", "m.example/x"])
    #expect(note.signatures[0].keyID == [1, 2, 3, 4] && note.signatures[0].bytes == [5])
    #expect(note.description == "a\n\nb\n\n— n AQIDBAU=\n— m.example/x AQIDBAY=\n")
  }

  @Test(arguments: [
    "", "\n", "a\n", "a\n\n", "\n— n AQIDBAU=\n", "a\n— n AQIDBAU=\n", "a\n\n— n AQIDBAU=", "a\n\n- n AQIDBAU=\n",
    "a\n\n—n AQIDBAU=\n", "a\n\n— AQIDBAU=\n", "a\n\n—  n AQIDBAU=\n", "a\n\n— n  AQIDBAU=\n", "a\n\n— n AQIDBAU= \n",
    "a\n\n— n AQIDBAU\n", "a\n\n— n AQIDBAV=\n", "a\n\n— n AQIDBA==\n", "a\n\n— n \n", "a\n\n— n+ AQIDBAU=\n",
    "a\n\n— n\u{A0}m AQIDBAU=\n", "a\n\n— n\u{2003}m AQIDBAU=\n", "a\r\n\n— n AQIDBAU=\n", "a\n\n— n AQIDBAU=\r\n",
    "a\tb\n\n— n AQIDBAU=\n", "a\u{0}\n\n— n AQIDBAU=\n", "a\n\n— n AQIDBAU=\nx\n", "a\n\n—\u{301} n AQIDBAU=\n",
  ])
  func `has no other form`(_ text: String) {
    expectRefusal(.note, "\(text.debugDescription)") { try SignedNote(Array(text.utf8)) }
  }

  @Test func `is UTF-8`() {
    let bytes = Array("a".utf8) + [0xFF] + Array("\n\n— n AQIDBAU=\n".utf8)
    expectRefusal(.note) { try SignedNote(bytes) }
  }

  @Test func `has at most 64 signatures and a million bytes`() throws {
    func note(_ count: Int, text: String = "a\n") -> [UInt8] {
      Array((text + "\n" + String(repeating: "— n AQIDBAU=\n", count: count)).utf8)
    }
    #expect(try SignedNote(note(64)).signatures.count == 64)
    expectRefusal(.note) { try SignedNote(note(65)) }
    let room = SignedNote.maximumLength - note(1).count
    #expect(throws: Never.self) { try SignedNote(note(1, text: String(repeating: "b", count: room) + "a\n")) }
    expectRefusal(.note) {
      try SignedNote(note(1, text: String(repeating: "b", count: room + 1) + "a\n"))
    }
  }
}
