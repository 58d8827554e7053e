import Encoding
import Foundation
import Testing

@Suite("Hexadecimal")
struct HexTests {
  /// RFC 4648 §10, in lower case.
  @Test(arguments: [
    ("", ""), ("f", "66"), ("fo", "666f"), ("foo", "666f6f"), ("foob", "666f6f62"), ("fooba", "666f6f6261"),
    ("foobar", "666f6f626172"),
  ])
  func `writes and reads the vectors of RFC 4648`(plain: String, text: String) {
    #expect(Hex.encode(Array(plain.utf8)) == text)
    #expect(Hex.decode(text) == Array(plain.utf8))
  }

  @Test(arguments: ["0", "abc", "AB", "aB", "0x", "g0", "0g", " 00", "00 ", "0\0", "٠٠", "ａａ", "--", "/0", ":0", "`0"])
  func `refuses all but pairs of lower-case digits`(text: String) {
    #expect(Hex.decode(text) == nil)
  }

  @Test func `writes every byte as Foundation does`() {
    for byte in UInt8.min...UInt8.max {
      #expect(Hex.encode([byte]) == String(format: "%02x", Int(byte)))
      #expect(Hex.decode(Hex.encode([byte])) == [byte])
    }
  }

  @Test func `reads only what it would write`() {
    for first in UInt8.min...UInt8.max {
      for second in [UInt8(ascii: "0"), UInt8(ascii: "f")] {
        let text = String(decoding: [first, second], as: UTF8.self)
        guard let bytes = Hex.decode(text) else { continue }
        #expect(Hex.encode(bytes) == text)
      }
    }
  }
}
