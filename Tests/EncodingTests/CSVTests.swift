import Encoding
import Testing

@Suite("A CSV table")
struct CSVTests {
  private static func rows(_ text: String) throws -> [[String]] {
    let table = try CSVTable(Array(text.utf8), file: "f.csv", columns: ["a", "b"], optional: ["c"])
    return table.rows.map { row in
      [row.text("a"), row.text("b")] + (table.optionalColumn("c").map { [row.text($0)] } ?? [])
    }
  }

  @Test(
    arguments: [
      ("a,b", []), ("a,b\n", []), ("a,b\n1,2", [["1", "2"]]), ("a,b\n1,2\n3,\n", [["1", "2"], ["3", ""]]),
      ("b,a\n1,2", [["2", "1"]]), ("b,c,a\n1,2,3", [["3", "1", "2"]]),
      ("a,b\r\n1,2\r\n\r\n", [["1", "2"]]), ("\u{FEFF}a,b\n1,2\n\n\n", [["1", "2"]]),
      ("\"a\",b\n\"\",\"x,\"\"y\"\"\"\n", [["", "x,\"y\""]]), ("a,b\n\"1\"\r\n", nil),
      ("a,b\n\"1\",\"2\"\r\n", [["1", "2"]]),
      ("a,b\n\"\"\"\",é", [["\"", "é"]]),
    ] as [(String, [[String]]?)])
  func `has rows of cells`(_ text: String, _ rows: [[String]]?) throws {
    guard let rows else {
      #expect(throws: TableError.self) { try Self.rows(text) }
      return
    }
    #expect(try Self.rows(text) == rows)
  }

  @Test(arguments: [
    "", "\n", "a", "a,b,d\n", "a,a,b\n", "a,b\n1", "a,b\n1,2,3", "a,b\n\n1,2", "a,b\nx\"y\",2", "a,b\n\"x\"y,2",
    "a,b\n\"x,2", "a,b\n\"x\ny\",2", "a,b\n1,2\"",
  ])
  func `is refused unless every row is whole`(_ text: String) {
    #expect(throws: TableError.self) { try Self.rows(text) }
  }

  /// A reader that took it for the end of a line, or of a quoted cell, would see other cells than a spreadsheet does.
  @Test(arguments: [
    "a,b\n1\r,2", "a,b\r1,2", "a,b\n\"1\"\rx,2", "a,b\n\"1\"\r,2", "a,b\n1,2\r\r\n",
    "a\r,b\n1,2", "a,b\n1,2\r", "a,b\n1,\"2\r3\"",
  ])
  func `has no carriage return within a line`(_ text: String) {
    #expect(throws: TableError.self) { try Self.rows(text) }
  }

  @Test(
    arguments: [
      ("0", 0), ("-5", -5), ("\"7\"", 7), ("\"\"", nil), ("-", nil), ("+1", nil), ("1.0", nil),
      ("9223372036854775807", Int.max),
      ("9223372036854775808", nil), ("٣", nil),
    ] as [(String, Int?)])
  func `has integers`(_ cell: String, _ value: Int?) throws {
    let row = try #require(try CSVTable(Array("n\n\(cell)".utf8), file: "f", columns: ["n"]).rows.first)
    #expect((try? row.integer("n", .min ... .max)) == value)
  }

  @Test func `names file and line of what is wrong`() throws {
    let error = #expect(throws: TableError.self) { try Self.rows("a,b\n1,2\n3") }
    #expect(error?.sentence == "f.csv, line 3: the row has 1 columns instead of 2")
  }

  @Test func `is UTF-8`() {
    #expect(throws: TableError.self) { try CSVTable([0x61, 0x0A, 0xFF], file: "f", columns: ["a"]) }
  }
}
