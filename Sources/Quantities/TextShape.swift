/// A text whose digits stand at fixed places, such as "2026-06-18".
struct TextShape {
  private let bytes: [UInt8]

  /// `bytes`, if every "d" of `shape` faces one of the digits 0 … 9 and every other character faces itself.
  init?(_ bytes: [UInt8], _ shape: String) {
    let marks = Array(shape.utf8)
    guard bytes.count == marks.count else { return nil }
    for (byte, mark) in zip(bytes, marks) {
      let fits =
        mark == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == mark
      guard fits else { return nil }
    }
    self.bytes = bytes
  }

  /// The number that the digits at `places` write.
  func number(_ places: Range<Int>) -> Int {
    bytes[places].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
