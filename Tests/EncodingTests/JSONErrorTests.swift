import Encoding
import Testing

@Suite("A JSON error")
struct JSONErrorTests {
  @Test(arguments: [
    (JSONError.Kind.syntax, "json_syntax"), (.encoding, "json_encoding"), (.duplicateKey, "json_duplicate_key"),
    (.number, "json_number"), (.depth, "json_depth"), (.type, "json_type"), (.missing, "json_missing"),
    (.unknown, "json_unknown_field"), (.value, "json_value"),
  ])
  func `has a code that never changes`(kind: JSONError.Kind, code: String) {
    let error = JSONError(kind, "a sentence")
    #expect(error.code == code)
    #expect(error.description == code + ": a sentence")
  }
}
