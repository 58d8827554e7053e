import Encoding
import Testing

@Suite("The fields of an object")
struct JSONFieldsTests {
  private func fields(_ text: String) throws -> JSONFields { try JSONDocument(Array(text.utf8)).root.fields() }

  @Test(arguments: [
    #"{"a":1,"b":"x","c":[1,2]}"#, #"{"c":[1,2],"b":"x","a":1}"#, #"{"b":"x","a":1,"c":[1,2]}"#,
    #"{"\u0062":"\u0078","c":[1,2],"\u0061":1}"#,
  ])
  func `are read in any order`(text: String) throws {
    var fields = try fields(text)
    #expect(try fields.integer("a") == 1)
    #expect(try fields.string("b") == "x")
    #expect(try fields.array("c") { (value) throws(JSONError) in try value.integer() } == [1, 2])
    try fields.finish()
  }

  @Test func `may be absent or null where that is allowed`() throws {
    var fields = try fields(#"{"a":null,"b":7}"#)
    #expect(fields.optional("x") == nil)
    #expect(try fields.readIfPresent("a") { (value) throws(JSONError) in try value.integer() } == nil)
    #expect(try fields.readIfPresent("b") { (value) throws(JSONError) in try value.integer() } == 7)
    #expect(try fields.readIfPresent("c") { (value) throws(JSONError) in try value.integer() } == nil)
    try fields.finish()
  }

  @Test(arguments: ["{}", #"{"b":1}"#, #"{"A":1}"#, #"{"aa":1}"#, #"{"":1}"#, #"{"b":{"a":1}}"#, #"{"b":"a"}"#])
  func `are missed by name`(text: String) throws {
    var fields = try fields(text)
    #expect(throws: JSONError(.missing, #"the field "a" is missing"#)) { try fields.integer("a") }
  }

  @Test(arguments: [
    #"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, #"{"b":{"c":1},"a":1}"#, #"{"a":1,"\u0062":2}"#, #"{"b":[[1],[2]],"a":1}"#,
  ])
  func `are refused when nobody asked for them`(text: String) throws {
    var fields = try fields(text)
    _ = try fields.integer("a")
    #expect(throws: JSONError(.unknown, #"the field "b" is not known here"#)) { try fields.finish() }
  }

  @Test func `do not reach into the next object`() throws {
    let objects = try JSONDocument(Array(#"[{"a":1},{"b":2}]"#.utf8)).root.array { (value) throws(JSONError) in
      try value.fields()
    }
    var first = objects[0]
    #expect(try first.integer("a") == 1)
    #expect(first.optional("b") == nil)
    try first.finish()
  }

  @Test func `tell where in the text a value is wrong`() throws {
    var fields = try fields(#"{"a":{"b":"x"}}"#)
    let expected = JSONError(.type, #"in "a": in "b": a string stands where an integer should"#)
    #expect(throws: expected) {
      try fields.read("a") { (value) throws(JSONError) in
        var inner = try value.fields()
        return try inner.integer("b")
      }
    }
  }

  @Test func `count once however often they are read`() throws {
    var fields = try fields(#"{"type":"x","other":0}"#)
    #expect(try fields.string("type") == "x")
    #expect(try fields.string("type") == "x")
    #expect(throws: JSONError(.unknown, #"the field "other" is not known here"#)) {
      try fields.finish()
    }
  }

  /// U+212A KELVIN SIGN is equal to "K" as a Swift string; the bytes of the names differ.
  @Test(arguments: ["{\"\u{212A}\":1}", #"{"\u212a":1}"#, #"{"\u212A":1}"#])
  func `go by the bytes of their names`(text: String) throws {
    var fields = try fields(text)
    #expect(fields.optional("K") == nil)
    #expect(throws: JSONError(.unknown, "the field \"\u{212A}\" is not known here")) {
      try fields.finish()
    }
  }

  @Test func `keep the sentence about an unknown name short and harmless`() throws {
    for name in [String(repeating: "x", count: 50_000), #"\u001b[31m\r\n\u0007"#] {
      let fields = try fields("{\"\(name)\":0}")
      let error = try #require(throws: JSONError.self) { try fields.finish() }
      #expect(error.kind == .unknown)
      #expect(error.sentence.utf8.count < 200)
      #expect(!error.sentence.unicodeScalars.contains { $0.value < 0x20 })
    }
  }
}
