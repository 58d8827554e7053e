/// A field of dots, two by four to a character, each character in one colour.
struct BrailleCanvas {
  /// Columns and rows of dots.
  let width: Int
  let height: Int
  private var patterns: [UInt8]
  private var paints: [Paint?]
  private let columns: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    width = 2 * columns
    height = 4 * rows
    patterns = Array(repeating: 0, count: columns * rows)
    paints = Array(repeating: nil, count: columns * rows)
  }

  /// Sets the dot `x` columns from the left and `y` rows from the top; a later paint covers an earlier one.
  mutating func set(_ x: Int, _ y: Int, _ paint: Paint) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = y / 4 * columns + x / 2
    // The dots of a character are numbered 1 2 3 7 down its left and 4 5 6 8 down its right side.
    let bit = x % 2 == 0 ? [0, 1, 2, 6][y % 4] : [3, 4, 5, 7][y % 4]
    patterns[cell] |= 1 << UInt8(bit)
    paints[cell] = paint
  }

  /// Each row of characters.
  var rows: [String] {
    (0..<height / 4).map { row in
      var text = ""
      for cell in row * columns..<(row + 1) * columns {
        let character = patterns[cell] == 0 ? " " : String(UnicodeScalar(0x2800 + UInt32(patterns[cell]))!)
        text += paints[cell].map { $0.on(character) } ?? character
      }
      return text
    }
  }
}
