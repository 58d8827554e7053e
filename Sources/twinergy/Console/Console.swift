import Encoding
import Foundation

/// Where a command speaks: data on standard output, everything else on standard error.
enum Console {
  /// Whether people watch standard error.
  static let isInteractive = isatty(STDERR_FILENO) == 1
  /// Whether people want colour at all (no-color.org).
  private static let wantsColour = (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  private static let hasColour = isInteractive && wantsColour
  /// Whether standard output shows colour.
  static let outputHasColour = isatty(STDOUT_FILENO) == 1 && wantsColour

  /// How many characters a line of standard output holds.
  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  /// Writes a line of data.
  static func print(_ line: String) { write(Array((line + "\n").utf8), to: .standardOutput) }

  /// Writes a line of JSON data.
  static func print(_ body: (inout JSONWriter) -> Void) {
    write(JSONWriter.bytes { $0.object(body) } + [0x0A], to: .standardOutput)
  }

  /// Writes bytes of data as they are.
  static func print(bytes: [UInt8]) { write(bytes, to: .standardOutput) }

  /// Tells the person at the terminal something.
  static func note(_ line: String) { write(Array((line + "\n").utf8), to: .standardError) }

  /// Writes to the terminal without ending the line.
  static func draw(_ text: String) { write(Array(text.utf8), to: .standardError) }

  /// `text` in bold, where the terminal shows it.
  static func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  /// `text` in green, where the terminal shows it.
  static func green(_ text: String) -> String { hasColour ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
  /// `text` in red, where the terminal shows it.
  static func red(_ text: String) -> String { hasColour ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  private static func write(_ bytes: [UInt8], to handle: FileHandle) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(handle.fileDescriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A reader that has gone away (`| head`) ends the command quietly, as it ends others; a full disk does not.
      guard count >= 0 else { exit(errno == EPIPE ? ExitStatus.good.rawValue : ExitStatus.failed.rawValue) }
      rest = rest.dropFirst(count)
    }
  }
}
