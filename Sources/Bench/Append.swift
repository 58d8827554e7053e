import Foundation

/// `append`, `append-curves`: entries on their way through a node, durable before each receipt.
enum Append {
  /// Households whose entries come side by side.
  private static let households = 1_024
  /// Entries that each household signs in the evening, and as many readings after the day.
  private static let each = 8

  /// Writes entries of one event until the log in `directory` has `count` leaves.
  static func entries(_ count: Int, in directory: String, households: Int = households) async throws -> [Figure] {
    var log = try await VillageLog(households: households, in: directory)
    var (pairs, measures) = (Pairs(), [Figure]())
    var nextReport = 0
    while try log.size() < count {
      try await log.playDay(each: each) { entries, submit in
        let limit = Signatures.limit(entries[0][0])
        pairs.add(entries.count * each, in: try await Timing.span(submit), limit: limit)
      }
      let size = try log.size()
      if size >= nextReport {
        measures.append(Figure("memory", "entries=\(size)", "resident", Double(Memory.resident), "B"))
        nextReport = size + max(count / 20, 1)
      }
      progress(size, count)
    }
    return measures + pairs.measures("append", "entries")
  }

  /// Writes entries of a day's curve each until the log in `directory` has `count` leaves.
  static func curves(_ count: Int, in directory: String, households: Int = households) async throws -> [Figure] {
    var log = try await VillageLog(households: households, in: directory)
    var pairs = Pairs()
    while try log.size() < count {
      try await log.playDayOfCurves { entries, submit in
        let limit = Signatures.limit(entries[0][0])
        pairs.add(entries.count, in: try await Timing.span(submit), limit: limit)
      }
      progress(try log.size(), count)
    }
    return pairs.measures("append-curves", "entries of 96 orders")
  }

  private static func progress(_ done: Int, _ total: Int) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\(min(100, done * 100 / total)) % of \(total) entries\u{1B}[K".utf8))
    if done >= total { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
