import Quantities
import Testing

@Suite("An identifier")
struct IdentifierTests {
  @Test(arguments: ["a", "Z", "0", "rome-7.meter_2", "a..b", "a-", "9.", String(repeating: "x", count: 64)])
  func `keeps its text`(text: String) throws {
    #expect(try PartyID(text).text == text)
    #expect(try PartyID(text).description == text)
  }

  @Test(arguments: [
    "", "-a", ".a", "_a", "..", ".", "a b", "a/b", "a*", "a>", "a\n", "a\0", "é", "aé", "e\u{301}", "\u{212A}", "a@b",
    "a[b", "a`b",
    "a{b", "a:b", "a,b", String(repeating: "x", count: 65),
  ])
  func `refuses what is unsafe in a subject, a URL or a file name`(text: String) {
    let error = #expect(throws: QuantityError.self) { try DeviceID(text) }
    #expect(error?.code == "quantity_syntax")
  }

  @Test func `admits no other byte`() {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".utf8)
    for byte in 0..<128 as Range<UInt8> {
      #expect(((try? LEMID("a\(Unicode.Scalar(byte))")) != nil) == allowed.contains(byte))
    }
  }

  @Test func `orders by bytes`() throws {
    let sorted = ["-", ".", "0", "9", "A", "Z", "_", "a", "z"].map { "a" + $0 }
    #expect(try sorted.shuffled().map { try OrderID($0) }.sorted().map(\.text) == sorted)
    #expect(try OrderID("a") < OrderID("a-"))
  }
}
