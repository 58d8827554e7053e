/// `text` between quotation marks, as a sentence may show it to a person.
///
/// At most its first 64 characters (Unicode scalars), then "…"; whatever could act on a terminal or break a line of a log
/// (controls, line separators, marks that turn the direction of writing) is written as its number, `\u{1B}`.
public func quoted(_ text: some StringProtocol) -> String {
  var shown = "\""
  for scalar in text.unicodeScalars.prefix(64) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown + (text.unicodeScalars.dropFirst(64).isEmpty ? "\"" : "…\"")
}
