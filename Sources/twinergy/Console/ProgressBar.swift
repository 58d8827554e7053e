import Foundation

/// A line on the terminal that says how far a long job is, how fast, and how long it will take.
///
/// It shows itself only to people, and only when the job has lasted a second.
struct ProgressBar {
  private let unit: String
  private let start = Date()
  private var lastDrawn = Date.distantPast
  private var isShown = false

  init(_ unit: String) { self.unit = unit }

  mutating func update(_ done: Int, of total: Int) {
    let now = Date()
    let elapsed = now.timeIntervalSince(start)
    guard Console.isInteractive, elapsed > 1, now.timeIntervalSince(lastDrawn) > 0.1, total > 0, done > 0 else {
      return
    }
    (lastDrawn, isShown) = (now, true)
    let rate = Double(done) / elapsed
    let left = Int(Double(total - done) / rate)
    let filled = done * 24 / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 24 - filled)
    Console.draw("\r\(bar) \(done * 100 / total) %  \(Int(rate)) \(unit)/s  \(left) s left \u{1B}[K")
  }

  mutating func finish() {
    if isShown { Console.draw("\r\u{1B}[K") }
  }
}
