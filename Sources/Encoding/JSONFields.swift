/// Reads an object strictly: none of its members is left over.
///
/// Members may stand in any order; reading them in the order in which they are usually written costs one step each.
/// ``finish()`` refuses members that nobody asked for, so that a misspelt or newer field is never silently ignored.
public struct JSONFields {
  private let tape: JSONTape
  private let first: Int
  private let count: Int
  private var cursor: Int
  /// Tokens of the names that were read, each once.
  private var taken: [Int] = []

  init(tape: JSONTape, object: Int) {
    self.tape = tape
    first = object + 1
    count = tape.tokens[object].payload
    cursor = first
  }

  /// The member called `name`, which must be there.
  public mutating func value(_ name: StaticString) throws(JSONError) -> JSONValue {
    guard let value = optional(name) else { throw JSONError(.missing, "the field \"\(name)\" is missing") }
    return value
  }

  /// The member called `name`, or nil where it is absent.
  public mutating func optional(_ name: StaticString) -> JSONValue? {
    take(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  private mutating func take(_ name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard let index = find(name) else { return nil }
    if !taken.contains(index) { taken.append(index) }
    cursor = Int(tape.tokens[index + 1].next)
    return JSONValue(tape: tape, index: index + 1)
  }

  /// The member called `name`, or nil where it is absent; for names that are not known when the program is written.
  public mutating func optional(named name: String) -> JSONValue? {
    var name = name
    return name.withUTF8 { take($0) }
  }

  /// The string called `name`.
  public mutating func string(_ name: StaticString) throws(JSONError) -> String {
    try read(name) { (value) throws(JSONError) in try value.string() }
  }

  /// The integer called `name`.
  public mutating func integer(_ name: StaticString) throws(JSONError) -> Int {
    try read(name) { (value) throws(JSONError) in try value.integer() }
  }

  /// The array called `name`, each element read by `element`.
  public mutating func array<Element>(
    _ name: StaticString, _ element: (JSONValue) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    try read(name) { (value) throws(JSONError) in try value.array(element) }
  }

  /// Reads the member called `name`; an error of `body` is told with the member's name.
  public mutating func read<Value>(
    _ name: StaticString, _ body: (JSONValue) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    let value = try value(name)
    do {
      return try body(value)
    } catch {
      throw JSONError(error.kind, "in \"\(name)\": \(error.sentence)")
    }
  }

  /// Reads the member called `name` where it is present and not `null`.
  public mutating func readIfPresent<Value>(
    _ name: StaticString, _ body: (JSONValue) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    guard let value = optional(name), !value.isNull else { return nil }
    do {
      return try body(value)
    } catch {
      throw JSONError(error.kind, "in \"\(name)\": \(error.sentence)")
    }
  }

  /// Refuses the object if it has a member that was not read.
  public func finish() throws(JSONError) {
    guard taken.count < count else { return }
    var index = first
    for _ in 0..<count {
      if !taken.contains(index) {
        let name = tape.bytes.withUnsafeBufferPointer { JSONText.string(tape.tokens[index], in: $0) }
        throw JSONError(.unknown, "the field \(quoted(name)) is not known here")
      }
      index = Int(tape.tokens[index + 1].next)
    }
  }

  private func find(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    let end = Int(tape.tokens[first - 1].next)
    if cursor < end, matches(cursor, name) { return cursor }
    var index = first
    for _ in 0..<count {
      if matches(index, name) { return index }
      index = Int(tape.tokens[index + 1].next)
    }
    return nil
  }

  private func matches(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let token = tape.tokens[index]
    if token.kind == .escapedString {
      let text = tape.bytes.withUnsafeBufferPointer { JSONText.string(token, in: $0) }
      return text.utf8.elementsEqual(name)
    }
    guard Int(token.length) == name.count else { return false }
    return tape.bytes.withUnsafeBufferPointer { base in
      name.indices.allSatisfy { base[token.payload + $0] == name[$0] }
    }
  }
}
