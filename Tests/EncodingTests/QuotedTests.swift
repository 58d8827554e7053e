import Encoding
import Testing

@Suite("A quoted text")
struct QuotedTests {
  @Test(arguments: [
    ("", "\"\""), ("M9.order", "\"M9.order\""), ("é€😀", "\"é€😀\""), ("a\u{1B}[2J", "\"a\\u{1B}[2J\""),
    ("a\r\nb\0", "\"a\\u{D}\\u{A}b\\u{0}\""), ("\u{202E}x\u{2028}", "\"\\u{202E}x\\u{2028}\""),
  ])
  func `shows what is harmless and numbers the rest`(text: String, shown: String) {
    #expect(quoted(text) == shown)
    #expect(quoted(text[...]) == shown)
  }

  @Test func `is cut after 64 characters`() {
    let fits = String(repeating: "a", count: 64)
    #expect(quoted(fits) == "\"\(fits)\"")
    #expect(quoted(fits + "b") == "\"\(fits)…\"")
    #expect(quoted("a" + String(repeating: "\u{301}", count: 100_000)).unicodeScalars.count == 67)
  }
}
