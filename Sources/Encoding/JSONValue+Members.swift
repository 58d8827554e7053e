extension JSONValue {
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
