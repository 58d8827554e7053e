import Encoding
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  private func value(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

  @Test(arguments: [("0", 0), ("-1", -1), ("9007199254740991", 1 << 53 - 1), ("-9007199254740991", 1 - 1 << 53)])
  func `is an integer`(text: String, expected: Int) throws {
    #expect(try value(text).integer() == expected)
  }

  @Test(arguments: [
    (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\ude00\uD800\uDC00""#, "😀\u{10000}"), ("\"é😀\"", "é😀"), (#""a\u0000b""#, "a\0b"),
    (#""\\u0041""#, "\\u0041"),
    (#""\uDBFF\uDFFD\ud900\udc01""#, "\u{10FFFD}\u{50001}"),
  ])
  func `is a string without its escapes`(text: String, expected: String) throws {
    #expect(try Array(value(text).string().utf8) == Array(expected.utf8))
  }

  @Test func `is a Boolean or null`() throws {
    #expect(try value("true").boolean())
    #expect(try !value("false").boolean())
    #expect(try value("null").isNull)
    #expect(try !value("0").isNull)
  }

  @Test func `is an array`() throws {
    #expect(try value("[]").array { (element) throws(JSONError) in try element.integer() } == [])
    #expect(
      try value("[[1],[2,3],[]]").array { (element) throws(JSONError) in try element.integers() } == [[1], [2, 3], []])
    #expect(try value("[ ]").integers() == [])
    #expect(try value("[1,-2]").integers() == [1, -2])
  }

  @Test(arguments: [("[]", 0), ("{}", 0), ("[1,[2,3]]", 2), (#"{"a":[1,2,3]}"#, 1), ("3", 0), (#""abc""#, 0)])
  func `counts its own elements only`(text: String, count: Int) throws {
    #expect(try value(text).count == count)
  }

  @Test(arguments: [
    ("null", "null"), ("true", "a Boolean"), ("1", "an integer"), (#""1""#, "a string"), (#""\n""#, "a string"),
    ("[]", "an array"), ("{}", "an object"),
  ])
  func `is never taken for another type`(text: String, name: String) throws {
    let value = try value(text)
    let reads: [(type: String, read: () throws -> Void)] = [
      ("an integer", { _ = try value.integer() }), ("a string", { _ = try value.string() }),
      ("a Boolean", { _ = try value.boolean() }), ("an object", { _ = try value.fields() }),
      ("an array", { _ = try value.array { (element) throws(JSONError) in element.isNull } }),
      ("an array", { _ = try value.integers() }),
    ]
    for (type, read) in reads where type != name {
      let error = #expect(throws: JSONError.self) { try read() }
      #expect(error?.kind == .type)
      #expect(error?.sentence.hasPrefix("\(name) stands where ") == true)
    }
  }

  @Test(arguments: [
    ("[1,null]", "null"), ("[[1]]", "an array"), (#"["1"]"#, "a string"), ("[2,true,null]", "a Boolean"),
    ("[{}]", "an object"),
  ])
  func `is an array of integers only where all are, as when they are read one by one`(text: String, name: String) throws
  {
    let value = try value(text)
    let error = JSONError(.type, "\(name) stands where an integer should")
    #expect(throws: error) { try value.integers() }
    #expect(throws: error) { try value.array { (element) throws(JSONError) in try element.integer() } }
  }
}
