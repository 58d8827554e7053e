import Encoding

/// Why a day cannot be read.
struct DayError: Fault {
  let code = "day_invalid"
  let sentence: String

  init(_ file: String, line: Int? = nil, _ what: String) {
    sentence = line.map { "\(file), line \($0): \(what)" } ?? "\(file): \(what)"
  }
}

/// A CSV file (RFC 4180) with a header line, read strictly: each row has the header's columns.
struct CSVTable {
  /// A row with the number of its line.
  struct Row {
    let file: String
    let line: Int
    let cells: [String]
    fileprivate let columns: [String: Int]

    func text(_ column: String) -> String { cells[columns[column]!] }

    func fail(_ what: String) -> DayError { DayError(file, line: line, what) }

    func integer(_ column: String, _ range: ClosedRange<Int>) throws(DayError) -> Int {
      guard let value = Int(text(column)), range.contains(value) else {
        throw fail(
          "\"\(text(column))\" in column \(column) is not an integer from \(range.lowerBound) to \(range.upperBound)")
      }
      return value
    }
  }

  let rows: [Row]

  init(_ bytes: [UInt8], file: String, columns: [String]) throws(DayError) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw DayError(file, "the file is not UTF-8") }
    var records = try Self.records(text, file)[...]
    guard let header = records.popFirst(), header.cells == columns else {
      throw DayError(file, line: 1, "the header is not \(columns.joined(separator: ","))")
    }
    let positions = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var rows: [Row] = []
    for record in records {
      guard record.cells.count == columns.count else {
        throw DayError(file, line: record.line, "the row has \(record.cells.count) columns instead of \(columns.count)")
      }
      rows.append(Row(file: file, line: record.line, cells: record.cells, columns: positions))
    }
    self.rows = rows
  }

  private static func records(_ text: String, _ file: String) throws(DayError) -> [(line: Int, cells: [String])] {
    var records: [(line: Int, cells: [String])] = []
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      records.append((number + 1, try cells(line, file, number + 1)))
    }
    return records
  }

  private static func cells(_ line: Substring, _ file: String, _ number: Int) throws(DayError) -> [String] {
    guard line.contains("\"") else {
      return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var cells: [String] = [""]
    var isQuoted = false
    var rest = line
    while let character = rest.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where rest.first == "\"": cells[cells.count - 1].append(rest.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false): cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    guard !isQuoted else { throw DayError(file, line: number, "a quoted cell does not end on its line") }
    return cells
  }
}
