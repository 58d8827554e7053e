import Encoding
import Testing

@Suite("A JSON writer")
struct JSONWriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    String(decoding: JSONWriter.bytes(body), as: UTF8.self)
  }

  @Test func `writes nothing until told`() {
    #expect(JSONWriter().bytes.isEmpty)
  }

  @Test func `sets commas between values and nowhere else`() {
    let written = text { writer in
      writer.object { writer in
        writer.field("a", 1)
        writer.field("b", [1, 2])
        writer.field("c", [Int]())
        writer.field("d") { $0.null() }
        writer.name("e")
        writer.boolean(true)
        writer.field("f", each: ["x", "y"]) { $0.string($1) }
        writer.name("g")
        writer.array { writer in
          writer.object { _ in }
          writer.array { _ in }
          writer.object { $0.field("h", "i") }
          writer.raw(Array("7".utf8))
          writer.boolean(false)
        }
      }
    }
    #expect(
      written == #"{"a":1,"b":[1,2],"c":[],"d":null,"e":true,"f":["x","y"],"g":[{},[],{"h":"i"},7,false]}"#)
  }

  @Test(arguments: [0, 1, -1, 9, 10, -10, 1_000_000, 9_007_199_254_740_991, -9_007_199_254_740_991])
  func `writes the digits of an integer`(value: Int) {
    #expect(text { $0.integer(value) } == String(value))
  }

  @Test(arguments: [
    ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#), ("\u{7F}é€😀\u{2028}", "\"\u{7F}é€😀\u{2028}\""),
  ])
  func `escapes only what it must`(value: String, expected: String) {
    #expect(text { $0.string(value) } == expected)
    #expect(text { $0.object { $0.field(value, 0) } } == "{" + expected + ":0}")
  }

  @Test func `writes strings that are read back`() throws {
    for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
      let bytes = JSONWriter.bytes { $0.string("a\(scalar)b") }
      #expect(try Array(JSONDocument(bytes).root.string().utf8) == Array("a\(scalar)b".utf8))
    }
  }

  @Test func `refuses an integer that other readers would round`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONWriter.bytes { $0.integer(JSONValue.largestInteger + 1) }
    }
  }
}
