/// JSON for people: one member or element a line.
enum IndentedJSON {
  /// `compact`, which ``JSONWriter`` wrote, with line breaks and two spaces a level; ends in a line break.
  static func bytes(_ compact: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (depth, isText, isEscaped) = (0, false, false)
    for (index, byte) in compact.enumerated() {
      if isText {
        result.append(byte)
        if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        result.append(byte)
        depth += 1
        if !isClosing(compact[index + 1]) { breakLine(&result, depth) }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if !isOpening(compact[index - 1]) { breakLine(&result, depth) }
        result.append(byte)
      case UInt8(ascii: ","):
        result.append(byte)
        breakLine(&result, depth)
      case UInt8(ascii: ":"): result += [byte, UInt8(ascii: " ")]
      default:
        isText = byte == UInt8(ascii: "\"")
        result.append(byte)
      }
    }
    return result + [UInt8(ascii: "\n")]
  }

  private static func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }
  private static func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }

  private static func breakLine(_ bytes: inout [UInt8], _ depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
  }
}
