import Encoding

/// A value that JSON can hold and a schema can describe.
public protocol WrittenValue: Sendable {
  /// What its JSON looks like.
  static var schema: Schema { get }
  /// Whether a member with this value is left out.
  var isAbsent: Bool { get }
  /// Writes the value.
  func write(to writer: inout JSONWriter)
}

extension WrittenValue {
  /// Present.
  public var isAbsent: Bool { false }
}

/// A value of an event or of a state: read, written and described in one place.
public protocol MemberValue: WrittenValue, Hashable {
  /// The value of a member that is not there; nil where it must be.
  static var absent: Self? { get }
  /// Reads the value.
  static func read(_ value: JSONValue) throws(JSONError) -> Self
  /// Reads an array of such values: what numbers do all at once, since curves are most of what travels.
  static func readAll(_ array: JSONValue) throws(JSONError) -> [Self]
}

extension MemberValue {
  /// The member must be there.
  @inlinable public static var absent: Self? { nil }

  /// Reads one element after the other.
  @inlinable
  public static func readAll(_ array: JSONValue) throws(JSONError) -> [Self] {
    try array.array { (value) throws(JSONError) in try read(value) }
  }
}

/// One of a few words.
public protocol Choice: MemberValue, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  /// The words.
  public static var schema: Schema { .choice(allCases.map(\.rawValue)) }

  /// Reads a word.
  @inlinable
  public static func read(_ value: JSONValue) throws(JSONError) -> Self {
    let text = try value.string()
    guard let choice = Self(rawValue: text) else {
      let words = allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError(.value, "\(quoted(text)) is not one of \(words)")
    }
    return choice
  }

  /// Writes the word.
  public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}
