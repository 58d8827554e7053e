import Chance
import Encoding
import Foundation
import Testing

@Suite("Base 64")
struct Base64Tests {
  /// RFC 4648 §10.
  static let vectors = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ]
  static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  @Test(arguments: vectors) func `writes and reads the vectors of RFC 4648`(plain: String, text: String) {
    let bytes = Array(plain.utf8)
    #expect(Base64.standard.encode(bytes) == text)
    #expect(Base64.standard.decode(text) == bytes)
    let bare = text.replacing("=", with: "")
    #expect(Base64.url.encode(bytes) == bare)
    #expect(Base64.url.decode(bare) == bytes)
  }

  @Test func `has an alphabet of its own for URLs`() {
    #expect(Base64.standard.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    #expect(Base64.url.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
    #expect(Base64.standard.decode("-_-_") == nil)
    #expect(Base64.url.decode("+/+/") == nil)
  }

  @Test func `appends to what is there`() {
    var text = Array("a.".utf8)
    Base64.url.append([0, 1], to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "a.AAE")
  }

  @Test(arguments: [
    "=", "==", "===", "====", "A", "A=", "A==", "A===", "AA", "AA=", "AAA", "AA=A", "A=AA", "=AAA", "AAAA=", "AAAA==",
    "AAAA===", "AAAA====", "AA==AA==", "AA==AAAA", "AAA=A", " AAAA", "AAAA\n", "AA AA", "AAA\0", "ÄÄ", "AA−−", "AAA=\0",
  ])
  func `refuses wrong padding and foreign characters`(text: String) {
    #expect(Base64.standard.decode(text) == nil)
  }

  @Test(arguments: ["A", "AA==", "AA=", "AAA=", "AAAAA", "AA AA", "AAA.", "AA\n"])
  func `has no padding and no odd character in a URL`(text: String) {
    #expect(Base64.url.decode(text) == nil)
  }

  @Test func `takes each byte value for what it is`() {
    for byte in UInt8.min...UInt8.max {
      let symbol = Base64Tests.symbols.firstIndex(of: byte)
      let text = [UInt8(ascii: "A"), UInt8(ascii: "A"), UInt8(ascii: "A"), byte]
      #expect(Base64.standard.decode(text) == (byte == UInt8(ascii: "=") ? [0, 0] : symbol.map { [0, 0, UInt8($0)] }))
    }
  }

  @Test func `refuses every last character with unused bits`() {
    for (value, symbol) in Self.symbols.enumerated() {
      let mark = String(decoding: [symbol], as: UTF8.self)
      let one = value & 0x0F == 0 ? [UInt8(value >> 4)] : nil
      let two = value & 0x03 == 0 ? [0, UInt8(value >> 2)] : nil
      #expect(Base64.standard.decode("A" + mark + "==") == one)
      #expect(Base64.standard.decode("AA" + mark + "=") == two)
      guard value < 62 else { continue }
      #expect(Base64.url.decode("A" + mark) == one)
      #expect(Base64.url.decode("AA" + mark) == two)
    }
  }

  @Test func `agrees with Foundation on random bytes`() {
    var random = SplitMix64(seed: 1)
    for count in 0..<300 {
      let bytes = random.bytes(count)
      let theirs = Data(bytes).base64EncodedString()
      #expect(Base64.standard.encode(bytes) == theirs)
      #expect(Base64.standard.decode(theirs) == bytes)
      let url = theirs.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      #expect(Base64.url.encode(bytes) == url)
      #expect(Base64.url.decode(url) == bytes)
    }
  }

  @Test func `gives every accepted text back`() {
    var random = SplitMix64(seed: 2)
    let characters = Self.symbols + Array("=-_\n".utf8)
    var accepted = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in characters.randomElement(using: &random)! }
      let string = String(decoding: text, as: UTF8.self)
      for alphabet in [Base64.standard, .url] {
        guard let bytes = alphabet.decode(text) else { continue }
        accepted += 1
        #expect(alphabet.encode(bytes) == string)
      }
    }
    #expect(accepted > 1000)
  }

  @Test func `reads a slice and a lazy collection as an array`() {
    let text = Array("..Zm9v..".utf8)
    #expect(Base64.url.decode(text[2..<6]) == Array("foo".utf8))
    #expect(Base64.url.decode(text[2..<6].lazy.map { $0 }) == Array("foo".utf8))
    #expect(Base64.url.decode("..Zm9v..".dropFirst(2).prefix(4)) == Array("foo".utf8))
  }
}
