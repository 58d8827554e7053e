extension JSONValue {
  /// Whether this is an object.
  public var isObject: Bool { tape.tokens[index].kind == .object }

  /// The members of the object that this is, in the order of the text; none for anything else.
  public var members: [(name: String, value: JSONValue)] {
    let token = tape.tokens[index]
    guard token.kind == .object else { return [] }
    var members: [(name: String, value: JSONValue)] = []
    members.reserveCapacity(token.payload)
    var cursor = index + 1
    for _ in 0..<token.payload {
      let name = tape.bytes.withUnsafeBufferPointer { JSONText.string(tape.tokens[cursor], in: $0) }
      members.append((name, JSONValue(tape: tape, index: cursor + 1)))
      cursor = Int(tape.tokens[cursor + 1].next)
    }
    return members
  }

  /// The elements of the array that this is; nil for anything else.
  public var listed: [JSONValue]? { try? array { $0 } }

  /// This value as compact JSON: the same text for the same value with its members in the same order.
  public var compact: [UInt8] { JSONWriter.bytes { write(to: &$0) } }

  /// Reads every member of the object that this is, whatever it is called.
  public func members<Element>(
    _ read: (_ name: String, JSONValue) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    let token = tape.tokens[index]
    guard token.kind == .object else { throw JSONError(.type, "an object should stand here") }
    var elements: [Element] = []
    var cursor = index + 1
    for _ in 0..<token.payload {
      elements.append(try read(text(at: cursor), JSONValue(tape: tape, index: cursor + 1)))
      cursor = Int(tape.tokens[cursor + 1].next)
    }
    return elements
  }
}
