import Audit
import Encoding
import Testing

@Suite("The difference of two states") struct StateDifferenceTests {
  private func differences(_ a: String, _ b: String) throws -> [String] {
    let (a, b) = (try JSONDocument(Array(a.utf8)).root, try JSONDocument(Array(b.utf8)).root)
    return StateDifference.all(a, b).map { "\($0.path): \($0.before ?? "-") → \($0.after ?? "-")" }
  }

  @Test(arguments: [
    ("{}", "{}", []),
    (#"{"a":1,"b":[1,2]}"#, #"{ "a": 1, "b": [1, 2] }"#, []),
    (#"{"a":1}"#, #"{"a":2}"#, ["a: 1 → 2"]),
    (#"{"a":1}"#, #"{"a":"1"}"#, [#"a: 1 → "1""#]),
    (#"{"a":1}"#, #"{"b":1}"#, ["a: 1 → -", "b: - → 1"]),
    (#"{"a":{"b":{"c":null}}}"#, #"{"a":{"b":{"c":false}}}"#, ["a.b.c: null → false"]),
    (#"{"a":[1,2,3]}"#, #"{"a":[1,5]}"#, ["a[1]: 2 → 5", "a[2]: 3 → -"]),
    (#"{"a":{"b":1}}"#, #"{"a":[1]}"#, [#"a: {"b":1} → [1]"#]),
    (
      #"{"s":[{"slot":1,"x":1},{"slot":2,"x":2}]}"#, #"{"s":[{"slot":2,"x":3}]}"#,
      [#"s[1]: {"slot":1,"x":1} → -"#, "s[2].x: 2 → 3"]
    ),
    (
      #"{"b":[{"account":"g","asset":"m","n":1},{"account":"g","asset":"e","n":2}]}"#,
      #"{"b":[{"account":"g","asset":"m","n":1},{"account":"g","asset":"e","n":7}]}"#, ["b[g e].n: 2 → 7"]
    ),
    (#"{"l":[{"x":1},{"x":1}]}"#, #"{"l":[{"x":1},{"x":2}]}"#, ["l[1].x: 1 → 2"]),
    (#"{"l":[]}"#, #"{"l":[{"x":1}]}"#, [#"l[1]: - → {"x":1}"#]),
  ])
  func `is told by path`(a: String, b: String, expected: [String]) throws {
    #expect(try differences(a, b) == expected)
  }
}
