/// One value of a ``JSONDocument``.
public struct JSONValue: Sendable {
  /// The largest magnitude of a JSON integer that every reader sees exactly, 2^53 − 1 (RFC 7493 §2.2).
  public static let largestInteger = 9_007_199_254_740_991

  let tape: JSONTape
  let index: Int

  private var token: JSONToken { tape.tokens[index] }

  /// Whether this is `null`.
  public var isNull: Bool { token.kind == .null }

  /// The integer that this is.
  public func integer() throws(JSONError) -> Int {
    let token = token
    guard token.kind == .integer else { throw wrongType("an integer") }
    return token.payload
  }

  /// The string that this is, without its escapes.
  public func string() throws(JSONError) -> String {
    let token = token
    guard token.kind == .string || token.kind == .escapedString else { throw wrongType("a string") }
    return tape.bytes.withUnsafeBufferPointer { JSONText.string(token, in: $0) }
  }

  /// Whether the string that this is begins with `start`.
  public func begins(with start: StaticString) throws(JSONError) -> Bool {
    let token = token
    let start = UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount)
    guard token.kind == .string else { return try string().utf8.starts(with: start) }
    return tape.bytes.withUnsafeBufferPointer { base in
      base[token.payload..<token.payload + Int(token.length)].starts(with: start)
    }
  }

  /// The Boolean that this is.
  public func boolean() throws(JSONError) -> Bool {
    switch token.kind {
    case .true: true
    case .false: false
    default: throw wrongType("true or false")
    }
  }

  /// How many elements or members this array or object has; 0 for anything else.
  public var count: Int { token.kind == .array || token.kind == .object ? token.payload : 0 }

  /// Reads every element of the array that this is.
  @inlinable
  public func array<Element>(_ read: (JSONValue) throws(JSONError) -> Element) throws(JSONError) -> [Element] {
    var (element, count) = try elements()
    var elements: [Element] = []
    elements.reserveCapacity(count)
    while count > 0 {
      elements.append(try read(element))
      count -= 1
      if count > 0 { element = element.next }
    }
    return elements
  }

  /// The first element of the array that this is, if it has one, and how many there are.
  @usableFromInline
  func elements() throws(JSONError) -> (first: JSONValue, count: Int) {
    let token = token
    guard token.kind == .array else { throw wrongType("an array") }
    return (token.payload == 0 ? self : JSONValue(tape: tape, index: index + 1), token.payload)
  }

  /// The value behind this one.
  @usableFromInline var next: JSONValue { JSONValue(tape: tape, index: Int(token.next)) }

  /// The array of integers that this is: ``array(_:)`` without a view an element.
  public func integers() throws(JSONError) -> [Int] {
    let token = token
    guard token.kind == .array else { throw wrongType("an array") }
    let elements = tape.tokens[(index + 1)..<Int(token.next)]
    if let other = elements.firstIndex(where: { $0.kind != .integer }) {
      throw JSONValue(tape: tape, index: other).wrongType("an integer")
    }
    return elements.map(\.payload)
  }

  /// The members of the object that this is, for reading each exactly once.
  public func fields() throws(JSONError) -> JSONFields {
    guard token.kind == .object else { throw wrongType("an object") }
    return JSONFields(tape: tape, object: index)
  }

  private func wrongType(_ wanted: String) -> JSONError {
    let found: String =
      switch token.kind {
      case .null: "null"
      case .true, .false: "a Boolean"
      case .integer: "an integer"
      case .string, .escapedString: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    return JSONError(.type, "\(found) stands where \(wanted) should")
  }
}
