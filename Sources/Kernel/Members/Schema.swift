import Encoding

/// What a JSON value looks like; written as JSON Schema 2020-12.
public indirect enum Schema: Sendable {
  /// An integer within bounds, with its unit.
  case integer(ClosedRange<Int>, String?)
  /// A number, with its unit.
  case number(String)
  /// An amount beyond 2^53: an integer in a string.
  case decimalString(String)
  /// A text of at most so many bytes.
  case text(Int)
  /// A pseudonymous name.
  case identifier
  /// SHA-256 in hexadecimal.
  case digest
  /// RFC 3339 in UTC.
  case time
  /// true or false.
  case boolean
  /// One of some words.
  case choice([String])
  /// Exactly this word.
  case constant(String)
  /// An array.
  case array(Schema)
  /// An array of so many elements.
  case counted(Schema, ClosedRange<Int>)
  /// An object with these members and no others.
  case object([Property])
  /// An object with any names, all of whose values look alike.
  case map(Schema)
  /// The value or null.
  case nullable(Schema)
  /// Anything.
  case any

  /// A member of an object.
  public struct Property: Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let schema: Schema
    /// Whether it must be there.
    public let isRequired: Bool

    /// The member `name`.
    public init(name: String, schema: Schema, isRequired: Bool = true) {
      (self.name, self.schema, self.isRequired) = (name, schema, isRequired)
    }
  }

  /// Writes the schema.
  public func write(to writer: inout JSONWriter) { writer.object { keywords(to: &$0) } }

  /// Writes the keywords into an object that may have others.
  public func keywords(to writer: inout JSONWriter) {
    switch self {
    case .integer(let range, let unit):
      writer.field("type", "integer")
      writer.field("minimum", range.lowerBound)
      writer.field("maximum", range.upperBound)
      if let unit { writer.field("description", unit) }
    case .number(let unit): Self.typed("number", unit, &writer)
    case .decimalString(let unit):
      Self.typed("string", unit, &writer)
      writer.field("pattern", "^-?(0|[1-9][0-9]*)$")
    case .text(let length):
      writer.field("type", "string")
      writer.field("maxLength", length)
    case .identifier:
      writer.field("type", "string")
      writer.field("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    case .digest:
      writer.field("type", "string")
      writer.field("pattern", "^[0-9a-f]{64}$")
    case .time:
      Self.typed("string", "RFC 3339, UTC, milliseconds", &writer)
      writer.field("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$")
    case .boolean: writer.field("type", "boolean")
    case .choice(let words): writer.field("enum", each: words) { $0.string($1) }
    case .constant(let word): writer.field("const", word)
    case .any: break
    default: structure(to: &writer)
    }
  }

  private func structure(to writer: inout JSONWriter) {
    switch self {
    case .array(let element):
      writer.field("type", "array")
      writer.field("items") { element.write(to: &$0) }
    case .counted(let array, let count):
      array.keywords(to: &writer)
      writer.field("minItems", count.lowerBound)
      writer.field("maxItems", count.upperBound)
    case .object(let properties): Self.object(properties, &writer)
    case .map(let value):
      writer.field("type", "object")
      writer.field("additionalProperties") { value.write(to: &$0) }
    case .nullable(let value):
      writer.field("anyOf") { field in
        field.array { choices in
          value.write(to: &choices)
          choices.object { $0.field("type", "null") }
        }
      }
    default: preconditionFailure("\(self) has no structure")
    }
  }

  private static func typed(_ type: String, _ description: String, _ writer: inout JSONWriter) {
    writer.field("type", type)
    writer.field("description", description)
  }

  private static func object(_ properties: [Property], _ writer: inout JSONWriter) {
    writer.field("type", "object")
    writer.field("properties") { field in
      field.object { object in
        for property in properties { object.field(property.name) { property.schema.write(to: &$0) } }
      }
    }
    writer.field("required", each: properties.filter(\.isRequired)) { $0.string($1.name) }
    writer.name("additionalProperties")
    writer.boolean(false)
  }
}
