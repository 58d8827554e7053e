import Foundation

/// What this process holds, as the kernel counts it.
enum Memory {
  /// Bytes that are in memory now.
  static var resident: Int { field("VmRSS") }
  /// The most bytes that ever were.
  static var peak: Int { field("VmHWM") }

  private static func field(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
