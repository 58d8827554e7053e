import Foundation
import Quantities

/// What a long-running command says on standard error: one line an event, `name=value` pairs that programs can read.
enum EventLine {
  /// How grave an event is.
  enum Level: String {
    case info, warning, error
  }

  /// Writes the event `name` with its `fields`.
  static func write(
    _ name: String, level: Level = .info, _ fields: (name: String, value: any CustomStringConvertible)...
  ) { write(name, level: level, fields) }

  /// Writes the event `name` with its `fields`.
  static func write(_ name: String, level: Level, _ fields: [(name: String, value: any CustomStringConvertible)]) {
    let now = Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
    let pairs = fields.map { " \($0.name)=\(quoted($0.value.description))" }.joined()
    Console.note("at=\(now) level=\(level.rawValue) event=\(name)\(pairs)")
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 < 0x7F }
    if isPlain { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }
}
