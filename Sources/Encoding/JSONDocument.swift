/// A JSON text that every parser reads the same way.
///
/// RFC 8259 leaves room for two parsers to see two facts in one text. Signed payloads have no such room, so this reader
/// accepts the subset of I-JSON (RFC 7493) in which numbers are integers within ±(2^53 − 1), member names are unique at
/// every depth, and strings are valid Unicode without surrogates and noncharacters. Everything else is refused with a
/// ``JSONError``.
///
/// The text is parsed once into a flat tape of tokens; values are views of the tape and allocate nothing until a string
/// is asked for.
public struct JSONDocument: Sendable {
  /// The deepest nesting of arrays and objects.
  public static let maximumDepth = 32

  let tape: JSONTape

  /// Parses `bytes`, which must hold exactly one value and nothing but white space around it.
  public init(_ bytes: [UInt8]) throws(JSONError) {
    tape = try JSONParser.parse(bytes)
  }

  /// The value that the text is.
  public var root: JSONValue { JSONValue(tape: tape, index: 0) }
}

/// The tokens of a document in the order of the text, and the text that they point into.
final class JSONTape: Sendable {
  let bytes: [UInt8]
  let tokens: [JSONToken]

  init(bytes: [UInt8], tokens: [JSONToken]) {
    self.bytes = bytes
    self.tokens = tokens
  }
}

struct JSONToken: Sendable {
  enum Kind: UInt8 {
    case null, `false`, `true`, integer, string, escapedString, array, object
  }

  var kind: Kind
  /// Index of the token behind this value and all that it contains.
  var next: UInt32
  /// Integer: its value. String: where it starts. Container: how many elements or members it has.
  var payload: Int
  /// String: how many bytes it has between its quotes.
  var length: UInt32 = 0
}
