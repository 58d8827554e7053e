/// Finds the cells of a CSV file in one pass over its bytes.
struct CSVScanner {
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private let bytes: [UInt8]
  private let file: String
  private let code: String
  /// Where the header starts and where what matters ends.
  private let start: Int
  private let end: Int

  /// A scanner of `bytes`, which must be UTF-8.
  init(_ bytes: [UInt8], file: String, code: String) throws(TableError) {
    guard bytes.count <= Int(UInt32.max) else { throw TableError(file, "the file is too long", code: code) }
    let isASCII = bytes.withUnsafeBytes { $0.allSatisfy { $0 < 0x80 } }
    guard isASCII || String(validating: bytes, as: UTF8.self) != nil else {
      throw TableError(file, "the file is not UTF-8", code: code)
    }
    self.bytes = bytes
    self.file = file
    self.code = code
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var end = bytes.count
    while end > start, bytes[end - 1] == Self.lineFeed {
      end -= end - start > 1 && bytes[end - 2] == Self.carriageReturn ? 2 : 1
    }
    self.end = end
  }

  /// The names in the header.
  func header() throws(TableError) -> [String] {
    guard start < end else { throw TableError(file, line: 1, "the header is missing", code: code) }
    var marks: [UInt32] = []
    _ = try bytes.withUnsafeBufferPointer { (base) throws(TableError) in
      try line(1, from: start, in: base, &marks)
    }
    let cells = CSVCells(bytes: bytes, marks: marks, columns: marks.count - 1)
    return (0..<marks.count - 1).map { cells.text(row: 0, column: $0) }
  }

  /// The rows below the header, each of `columns` cells.
  func rows(columns: Int) throws(TableError) -> CSVCells {
    var marks: [UInt32] = []
    try bytes.withUnsafeBufferPointer { (base) throws(TableError) in
      var header: [UInt32] = []
      var next = try line(1, from: start, in: base, &header)
      var number = 2
      while next < end {
        let before = marks.count
        next = try line(number, from: next, in: base, &marks)
        guard marks.count - before == columns + 1 else {
          throw TableError(
            file, line: number, "the row has \(marks.count - before - 1) columns instead of \(columns)", code: code)
        }
        number += 1
      }
    }
    return CSVCells(bytes: bytes, marks: marks, columns: columns)
  }

  /// Marks the cells of the line that starts at `first`; returns where the next line starts.
  private func line(
    _ number: Int, from first: Int, in base: UnsafeBufferPointer<UInt8>, _ marks: inout [UInt32]
  ) throws(TableError) -> Int {
    marks.append(UInt32(first))
    var position = first
    var cell = first
    while position < end {
      let byte = base[position]
      // Nearly all bytes are digits and letters, which are above all that matter here.
      guard byte <= Self.comma else {
        position += 1
        continue
      }
      if byte == Self.comma {
        marks.append(UInt32(position))
        cell = position + 1
      } else if byte == Self.lineFeed {
        break
      } else if byte == Self.quote {
        position = try closingQuote(number, from: position, cell: cell, in: base)
      } else if byte == Self.carriageReturn {
        guard isLineFeed(position + 1, in: base) else {
          throw TableError(file, line: number, "a carriage return stands inside the line", code: code)
        }
      }
      position += 1
    }
    let hasReturn = position > cell && base[position - 1] == Self.carriageReturn
    marks.append(UInt32(hasReturn ? position - 1 : position))
    return position + 1
  }

  /// Where the quoted cell that opens at `open` closes.
  private func closingQuote(
    _ number: Int, from open: Int, cell: Int, in base: UnsafeBufferPointer<UInt8>
  ) throws(TableError) -> Int {
    guard open == cell else {
      throw TableError(file, line: number, "a quotation mark stands inside a cell that is not quoted", code: code)
    }
    var position = open + 1
    while position < end, base[position] != Self.lineFeed, base[position] != Self.carriageReturn {
      if base[position] == Self.quote {
        guard position + 1 < end, base[position + 1] == Self.quote else {
          let next = position + 1
          guard next >= end || [Self.comma, Self.lineFeed, Self.carriageReturn].contains(base[next]) else {
            throw TableError(file, line: number, "something follows a quoted cell", code: code)
          }
          return position
        }
        position += 1
      }
      position += 1
    }
    throw TableError(file, line: number, "a quoted cell does not end on its line", code: code)
  }

  private func isLineFeed(_ position: Int, in base: UnsafeBufferPointer<UInt8>) -> Bool {
    position < base.count && base[position] == Self.lineFeed
  }
}
