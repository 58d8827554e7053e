import Encoding

/// Why a file of rows cannot be read, with the line that shows it.
struct TableError: Fault {
  /// `table_invalid`, or `day_invalid` for a file of a day directory.
  let code: String
  let sentence: String

  init(_ file: String, line: Int? = nil, _ what: String, code: String = "table_invalid") {
    self.code = code
    sentence = line.map { "\(file), line \($0): \(what)" } ?? "\(file): \(what)"
  }
}
