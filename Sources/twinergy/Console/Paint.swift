/// A colour for standard output, where people look at it and want colour.
enum Paint: String {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"

  /// `text` in this colour.
  func on(_ text: String) -> String { Console.outputHasColour ? always(text) : text }

  /// `text` between the escapes of this colour.
  func always(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}
