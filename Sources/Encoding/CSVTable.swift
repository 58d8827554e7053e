/// A CSV file (RFC 4180) with a header line, read strictly: columns are found by name, each row has all of them.
///
/// Lines end with LF or CRLF, and the last may end with the file; a byte order mark is passed over, blank lines at the
/// end too. A cell may be quoted but ends on its line. The file is scanned once; a row is a view of its bytes.
public struct CSVTable: Sendable {
  /// A column that the table has.
  public struct Column: Sendable {
    /// Its name in the header.
    public let name: String
    fileprivate let position: Int
  }

  private let cells: CSVCells
  private let names: [String]
  private let file: String
  private let code: String

  /// Reads `bytes`, which the file called `file` holds.
  ///
  /// - Parameters:
  ///   - columns: those that must be there, in any order.
  ///   - optional: those that may be there; all others are refused, so that a misspelt one is not ignored.
  ///   - code: the code of the refusals.
  public init(
    _ bytes: [UInt8], file: String, columns: [String], optional: [String] = [], code: String = "table_invalid"
  ) throws(TableError) {
    self.file = file
    self.code = code
    let scanner = try CSVScanner(bytes, file: file, code: code)
    let names = try scanner.header()
    func refuse(_ what: String) -> TableError { TableError(file, line: 1, what, code: code) }
    for (position, name) in names.enumerated() {
      guard (columns + optional).contains(name) else {
        throw refuse("the column \(quoted(name)) is none of \((columns + optional).joined(separator: ","))")
      }
      guard !names[..<position].contains(name) else { throw refuse("the column \(name) stands twice") }
    }
    if let missing = columns.first(where: { !names.contains($0) }) { throw refuse("the column \(missing) is missing") }
    self.names = names
    cells = try scanner.rows(columns: names.count)
  }

  /// The column called `name`, which the table was asked for.
  public func column(_ name: String) -> Column { optionalColumn(name)! }

  /// The column called `name`; nil where the file has none.
  public func optionalColumn(_ name: String) -> Column? {
    names.firstIndex(of: name).map { Column(name: name, position: $0) }
  }

  /// The rows below the header, in the order of the file.
  public var rows: Rows { Rows(table: self) }

  /// The rows, each made when it is asked for.
  public struct Rows: RandomAccessCollection, Sendable {
    fileprivate let table: CSVTable

    /// The number of the first row.
    public var startIndex: Int { 0 }
    /// The number behind the last row's.
    public var endIndex: Int { table.cells.rows }
    /// The row of that number.
    public subscript(number: Int) -> Row { Row(table: table, number: number) }
  }

  /// One row, which knows its line.
  public struct Row: Sendable {
    fileprivate let table: CSVTable
    /// Its place among the rows, from 0.
    public let number: Int

    /// The number of its line, the header's being 1.
    public var line: Int { number + 2 }

    /// The text of a cell, without its quotes.
    public func text(_ column: Column) -> String { table.cells.text(row: number, column: column.position) }

    /// The text of the cell in the column called `name`.
    public func text(_ name: String) -> String { text(table.column(name)) }

    /// The integer that a cell is.
    public func integer(_ column: Column, _ range: ClosedRange<Int>) throws(TableError) -> Int {
      guard let value = table.cells.integer(row: number, column: column.position), range.contains(value) else {
        throw fail(
          "\(quoted(text(column))) in column \(column.name) is not an integer from \(range.lowerBound) to "
            + "\(range.upperBound)")
      }
      return value
    }

    /// The integer in the column called `name`.
    public func integer(_ name: String, _ range: ClosedRange<Int>) throws(TableError) -> Int {
      try integer(table.column(name), range)
    }

    /// The refusal of this row.
    public func fail(_ what: String, code: String? = nil) -> TableError {
      TableError(table.file, line: line, what, code: code ?? table.code)
    }
  }
}
