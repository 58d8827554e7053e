extension JSONValue {
  /// Writes this value as it is, compactly: members in their order, strings with the escapes of ``JSONWriter``.
  public func write(to writer: inout JSONWriter) {
    let token = tape.tokens[index]
    switch token.kind {
    case .null: writer.null()
    case .true: writer.boolean(true)
    case .false: writer.boolean(false)
    case .integer: writer.integer(token.payload)
    case .string, .escapedString: writer.string(text(at: index))
    case .array:
      writer.array { array in
        var cursor = index + 1
        for _ in 0..<token.payload {
          JSONValue(tape: tape, index: cursor).write(to: &array)
          cursor = Int(tape.tokens[cursor].next)
        }
      }
    case .object:
      writer.object { object in
        var cursor = index + 1
        for _ in 0..<token.payload {
          object.name(text(at: cursor))
          JSONValue(tape: tape, index: cursor + 1).write(to: &object)
          cursor = Int(tape.tokens[cursor + 1].next)
        }
      }
    }
  }

  func text(at index: Int) -> String {
    tape.bytes.withUnsafeBufferPointer { JSONText.string(tape.tokens[index], in: $0) }
  }
}
