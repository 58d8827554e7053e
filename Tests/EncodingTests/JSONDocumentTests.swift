import Encoding
import Testing

@Suite("A JSON document")
struct JSONDocumentTests {
  private func kind(of bytes: [UInt8]) -> JSONError.Kind? {
    do throws(JSONError) {
      _ = try JSONDocument(bytes)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test(arguments: [
    "null", "true", "false", "0", "1", "-1", "10", "9007199254740991", "-9007199254740991", "\"\"", "[]", "{}",
    " \t\r\n0 \t\r\n", "[ ]", "{ }", "[1,2]", "[ 1 , 2 ]", #"{"a":1}"#, #"{ "a" : 1 , "b" : [ { } ] }"#, #"{"":0}"#,
    #"["\"\\\/\b\f\n\r\tÿ\u0000"]"#, #"["\ud83d\ude00","\uDBFF\uDFFD"]"#, "\"\u{7F}\"", "\"é€😀\"",
    #"{"a":{"a":{"a":0}},"b":{"a":0}}"#, "[[],[],{}]",
  ])
  func `accepts one value with white space around it`(text: String) {
    #expect(kind(of: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "", " ", "\u{FEFF}0", "nul", "nulL", "True", "tru", "falsey", "nullnull", "0 0", "1,", ",", "]", "}", ":", "[", "{",
    "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1;2]", "[1}", "{]", "{1:2}", "{a:1}", "{'a':1}", #"{"a"}"#, #"{"a":}"#,
    #"{"a" 1}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{"a":1"b":2}"#, #"{"a"::1}"#, #"{"a":1]"#, "-", "-a", "--1", "+1", ".5",
    "01", "-01", "00", "0000000000000000000000001", "-0000000000000000000000001", "0x10", "1_000", "1 000", "NaN",
    "Infinity", "-Infinity", "\"", "\"a", #""\"#, #""\""#, #""\a""#, #""\U0041""#, #""\u12""#, #""\u123g""#,
    #""\u 123""#, #""\ud83d\u12""#, "\"\n\"", "\"\t\"", "\"\0\"", "\0", "[1\0]", "[\0", "0\0", "// a\n0", "/**/0",
    "\u{A0}0",
    "\u{B}0", "'a'", "undefined",
  ])
  func `refuses what RFC 8259 does not write`(text: String) {
    #expect(kind(of: Array(text.utf8)) == .syntax)
  }

  @Test(arguments: [
    "-0", "[-0]", "1.0", "0.0", "-0.5", "1e3", "1E3", "1e-3", "0e0", "9007199254740992", "-9007199254740992",
    "9999999999999999", "10000000000000000", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
    "100000000000000000000000000000000000000000000", #"{"a":1.5}"#,
  ])
  func `refuses numbers that are not small integers`(text: String) {
    #expect(kind(of: Array(text.utf8)) == .number)
  }

  @Test(arguments: [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
  ])
  func `refuses bytes that are not UTF-8`(bytes: [UInt8]) {
    #expect(kind(of: [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]) == .encoding)
    #expect(kind(of: bytes) == .encoding)
    #expect(kind(of: Array(#"{""#.utf8) + bytes + Array(#"":0}"#.utf8)) == .encoding)
  }

  @Test(arguments: [
    #""\ud800""#, #""\udbff""#, #""\udc00""#, #""\udfff""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\ud800""#,
    #""\ud800A""#, #""\udc00\ud800""#, #"{"\ud800":0}"#, #"["\ud83d","\ude00"]"#,
  ])
  func `refuses half a surrogate pair`(text: String) {
    #expect(kind(of: Array(text.utf8)) == .encoding)
  }

  @Test(arguments: [
    #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":{"b":1,"b":2}}"#, #"[[{"":0,"":0}]]"#, #"{"a":1,"\u0061":2}"#,
    #"{"\/":1,"/":2}"#, #"{"é":1,"\u00e9":2}"#, #"{"\ud83d\ude00":1,"😀":2}"#, #"{"a":[{"x":{"y":0,"z":1,"y":2}}]}"#,
  ])
  func `refuses a name that stands twice`(text: String) {
    #expect(kind(of: Array(text.utf8)) == .duplicateKey)
  }

  @Test(arguments: 2...40) func `finds a repeated name among any number`(count: Int) {
    let names = (0..<count).map { "\"n\($0)\":0" }
    #expect(kind(of: Array("{\(names.joined(separator: ","))}".utf8)) == nil)
    for repeated in [0, count / 2, count - 1] {
      #expect(kind(of: Array("{\((names + [names[repeated]]).joined(separator: ","))}".utf8)) == .duplicateKey)
    }
  }

  @Test func `nests thirty-two levels and no more`() {
    func nested(_ open: String, _ close: String, _ depth: Int) -> [UInt8] {
      Array((String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)).utf8)
    }
    #expect(JSONDocument.maximumDepth == 32)
    #expect(kind(of: nested("[", "]", 32)) == nil)
    #expect(kind(of: nested("[", "]", 33)) == .depth)
    #expect(kind(of: nested(#"{"a":"#, "}", 32)) == nil)
    #expect(kind(of: nested(#"{"a":"#, "}", 33)) == .depth)
    #expect(kind(of: nested(#"[{"a":"#, "}]", 16)) == nil)
    #expect(kind(of: nested(#"[{"a":"#, "}]", 17)) == .depth)
    #expect(kind(of: Array(repeating: UInt8(ascii: "["), count: 1_000_000)) == .depth)
    let flat = "[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]"
    #expect(kind(of: Array(flat.utf8)) == nil)
  }

  @Test func `reads huge texts`() throws {
    let numbers = try JSONDocument(Array(("[0" + String(repeating: ",12", count: 50_000) + "]").utf8))
    #expect(try numbers.root.integers().reduce(0, +) == 600_000)
    let long = try JSONDocument(Array(("\"" + String(repeating: "ab", count: 100_000) + "\"").utf8))
    #expect(try long.root.string().utf8.count == 200_000)
    #expect(kind(of: Array(String(repeating: "9", count: 100_000).utf8)) == .number)
    #expect(kind(of: Array(("\"" + String(repeating: "a", count: 100_000)).utf8)) == .syntax)
  }

  @Test func `refuses every bare control character`() {
    for byte in 0..<0x20 as Range<UInt8> { #expect(kind(of: [0x22, byte, 0x22]) == .syntax, "\(byte)") }
    for byte in 0x20..<0x80 as Range<UInt8> where byte != 0x22 && byte != 0x5C {
      #expect(kind(of: [0x22, byte, 0x22]) == nil, "\(byte)")
    }
  }

  @Test func `names the byte at which it stopped`() {
    #expect(throws: JSONError(.syntax, "no value starts at byte 3")) { try JSONDocument(Array("[1,x]".utf8)) }
  }

  /// U+00E9 and U+0065 U+0301 look alike and are equal as Swift strings, but are two names to every other reader.
  @Test func `tells names apart by their code points`() {
    let two = "\"\u{E9}\":1,\"e\u{301}\":2"
    let many = (0..<20).map { ",\"n\($0)\":0" }.joined()
    #expect(kind(of: Array("{\(two)}".utf8)) == nil)
    #expect(kind(of: Array("{\(two)\(many)}".utf8)) == nil)
    #expect(kind(of: Array("{\(two),\"\\n\":0}".utf8)) == nil)
    #expect(kind(of: Array(#"{"\u212a":1,"K":2}"#.utf8)) == nil)
  }

  /// RFC 7493 §2.1.
  @Test(
    arguments: Array(0xFDD0...0xFDEF) + (0...16).flatMap { [$0 << 16 | 0xFFFE, $0 << 16 | 0xFFFF] }
      as [UInt32])
  func `refuses a code point that is no character`(number: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(number))
    let escape = scalar.utf16.map { "\\u" + String($0, radix: 16) }.joined()
    for text in ["\"\(scalar)\"", "\"a\(escape)\"", "{\"\(scalar)\":0}", "{\"\(escape)b\":0}"] {
      #expect(kind(of: Array(text.utf8)) == .encoding, "\(text)")
    }
  }

  @Test(
    arguments: [
      0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFBFE, 0xFDCF, 0xFDF0, 0xFEFF, 0xFFFD, 0x10000, 0x1EFBE,
      0x1FDD0, 0x1FFBF, 0x1FFFD,
      0x20000, 0x10FFFD,
    ] as [UInt32])
  func `accepts the neighbours of those`(number: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(number))
    let escape = scalar.utf16.map { "\\u" + String(0x10000 + Int($0), radix: 16).dropFirst() }
      .joined()
    for text in ["\"\(scalar)\"", "\"a\(escape)\"", "{\"\(scalar)\":0}"] {
      #expect(kind(of: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test func `keeps its sentences short and harmless whatever the text`() throws {
    let long = String(repeating: "a", count: 50_000)
    let rude = "\\u001b[2J\\n\\u202e"
    for name in [long, rude] {
      let error = try #require(throws: JSONError.self) {
        try JSONDocument(Array("{\"\(name)\":0,\"\(name)\":1}".utf8))
      }
      #expect(error.kind == .duplicateKey)
      #expect(error.sentence.utf8.count < 200)
      #expect(!error.sentence.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }
  }
}
