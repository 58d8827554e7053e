/// Why a file of rows cannot be read, with the line that shows it.
public struct TableError: Fault {
  /// `table_invalid`, or what the reader of the file calls it.
  public let code: String
  /// What is wrong, in which file and line.
  public let sentence: String

  /// `what` is wrong in `line` of `file`.
  public init(_ file: String, line: Int? = nil, _ what: String, code: String = "table_invalid") {
    self.code = code
    sentence = line.map { "\(file), line \($0): \(what)" } ?? "\(file): \(what)"
  }
}
