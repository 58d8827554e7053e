import Cryptography
import Encoding

extension Substring {
  /// The lines of a text, each ended by the byte 0x0A; nil where the last one is not.
  ///
  /// Split by bytes: what Swift takes for one character may hold a line's end and more.
  var endedLines: ArraySlice<Substring>? {
    let lines = utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    return lines.last == "" ? lines.dropLast() : nil
  }

  /// The parts of a line between its single spaces.
  var words: [Substring] {
    utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { Substring($0) }
  }

  /// What follows `prefix`; nil where the line begins otherwise.
  func after(_ prefix: String) -> Substring? {
    utf8.starts(with: prefix.utf8) ? Substring(utf8.dropFirst(prefix.utf8.count)) : nil
  }
}

extension Int {
  /// The number that `text` writes in decimal: not negative, without sign or leading zeros.
  init?(canonical text: Substring) {
    guard let value = Int(text), value >= 0, String(value).isSame(as: text) else { return nil }
    self = value
  }
}

extension [Digest] {
  /// The most hashes of a proof: a consistency proof between trees of 2^62 leaves has no more.
  static let longestPath = 64

  /// Reads one hash a line; nil where a line is something else, or where there are too many.
  init?(lines: some Sequence<Substring>) {
    self = []
    for line in lines {
      guard count < Self.longestPath, let digest = Base64.standard.decode(line).flatMap({ Digest($0) }) else {
        return nil
      }
      append(digest)
    }
  }

  /// One hash a line.
  var lines: String { map { $0.base64 + "\n" }.joined() }
}
