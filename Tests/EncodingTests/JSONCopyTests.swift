import Encoding
import Testing

@Suite("A JSON value written again")
struct JSONCopyTests {
  @Test(arguments: [
    ("null", "null"), ("true", "true"), (" [ ] ", "[]"), ("{ }", "{}"), ("-5", "-5"),
    ("9007199254740991", "9007199254740991"),
    (#""\u0041\n\/""#, #""A\n/""#),
    (#"{ "b" : [1, {"c": null, "a": "x"}], "\u0061": false }"#, #"{"b":[1,{"c":null,"a":"x"}],"a":false}"#),
    (#"[[],[[]],{"":{}}]"#, #"[[],[[]],{"":{}}]"#), (#"["\ud83d\ude00é"]"#, #"["😀é"]"#),
  ])
  func `says the same compactly`(_ text: String, _ compact: String) throws {
    let value = try JSONDocument(Array(text.utf8)).root
    let written = JSONWriter.bytes { value.write(to: &$0) }
    #expect(String(decoding: written, as: UTF8.self) == compact)
    let again = try JSONDocument(written).root
    #expect(JSONWriter.bytes { again.write(to: &$0) } == written)
  }

  @Test func `may be one of many`() throws {
    let elements = try JSONDocument(Array(#"[{"a":1},[2],"3"]"#.utf8)).root.array { $0 }
    let written = JSONWriter.bytes { writer in
      writer.object { object in
        for (name, element) in zip("abc", elements.reversed()) { object.field(String(name)) { element.write(to: &$0) } }
      }
    }
    #expect(String(decoding: written, as: UTF8.self) == #"{"a":"3","b":[2],"c":{"a":1}}"#)
  }
}
