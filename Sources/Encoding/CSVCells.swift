/// Where the cells of a table stand in its bytes.
final class CSVCells: Sendable {
  /// How many rows there are.
  let rows: Int
  private let bytes: [UInt8]
  /// For each row where it starts and where each of its cells ends.
  private let marks: [UInt32]
  private let stride: Int

  init(bytes: [UInt8], marks: [UInt32], columns: Int) {
    self.bytes = bytes
    self.marks = marks
    stride = columns + 1
    rows = marks.count / stride
  }

  /// The text of a cell, without its quotes.
  func text(row: Int, column: Int) -> String {
    let range = range(row, column)
    guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var units: [UInt8] = []
    var position = range.lowerBound + 1
    while position < range.upperBound - 1 {
      units.append(bytes[position])
      position += bytes[position] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// The integer that a cell is: digits, after a minus where it is negative; nil for anything else or beyond 64 bits.
  func integer(row: Int, column: Int) -> Int? {
    var range = range(row, column)
    if range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return bytes.withUnsafeBufferPointer { Self.integer(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private static func integer(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
    let isNegative = digits.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard digits.count > start else { return nil }
    var value = 0
    for position in start..<digits.count {
      let digit = digits[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (tens, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(digit))
      guard !high, !carry else { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }

  private func range(_ row: Int, _ column: Int) -> Range<Int> {
    let mark = row * stride + column
    return Int(marks[mark]) + (column == 0 ? 0 : 1)..<Int(marks[mark + 1])
  }
}
