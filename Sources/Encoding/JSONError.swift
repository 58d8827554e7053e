/// Why a byte string is not the JSON that was expected.
public struct JSONError: Fault, Equatable {
  /// The kinds of refusal. `rawValue` is the stable code.
  public enum Kind: String, Sendable {
    /// The bytes do not follow RFC 8259's grammar.
    case syntax = "json_syntax"
    /// The bytes are not UTF-8, or a string holds half of a surrogate pair or a code point that is no character.
    case encoding = "json_encoding"
    /// An object names a member twice.
    case duplicateKey = "json_duplicate_key"
    /// A number has a fraction, an exponent or a sign before zero, or exceeds ±(2^53 − 1).
    case number = "json_number"
    /// The text nests deeper than ``JSONDocument/maximumDepth``.
    case depth = "json_depth"
    /// A value has another type than the field demands.
    case type = "json_type"
    /// A required member is absent.
    case missing = "json_missing"
    /// A member that nobody asked for.
    case unknown = "json_unknown_field"
    /// A value of the right type that the field cannot hold.
    case value = "json_value"
  }

  /// What kind of refusal this is.
  public let kind: Kind
  /// What was wrong, where.
  public let sentence: String

  /// A refusal of `kind`, explained by `sentence`.
  public init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }

  /// The same refusal, told as one of the member called `name`.
  public func inside(_ name: StaticString) -> JSONError { JSONError(kind, "in \"\(name)\": \(sentence)") }

  /// The stable code.
  public var code: String { kind.rawValue }
}
