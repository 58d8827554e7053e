import Community
import Cryptography
import Log

/// Whoever submitted an entry here and waits for it to be final.
struct WaitingSubmissions {
  private struct Waiting {
    var submission: Submission
    var since: ContinuousClock.Instant
  }

  private struct Decided {
    var index: Int
    var submission: Submission
    var isRepeated: Bool
  }

  private var undecided: [KeyID: [Int: [Waiting]]] = [:]
  private var decided: [Decided] = []

  /// The entries that wait, each once.
  var facts: [EntryFacts] { undecided.values.flatMap { $0.values.compactMap { $0.first?.submission.facts } } }

  /// `submission` waits from now on.
  mutating func add(_ submission: Submission, at now: ContinuousClock.Instant) {
    let entry = submission.facts.entry
    undecided[entry.author, default: [:]][entry.sequence, default: []].append(
      Waiting(submission: submission, since: now))
  }

  /// `submission`'s entry was decided before, at `index`, and is not final yet.
  mutating func addDecided(_ submission: Submission, at index: Int) {
    decided.append(Decided(index: index, submission: submission, isRepeated: true))
  }

  /// `block` is decided: answers those whose sequence numbers it has used for other entries, or passed over.
  mutating func decide(_ block: SealedBlock) -> [Submission] {
    var superseded: [Submission] = []
    for (offset, entry) in block.entries.enumerated() {
      guard let ofKey = undecided[entry.author] else { continue }
      for (sequence, waiting) in ofKey where sequence <= entry.sequence {
        undecided[entry.author]![sequence] = nil
        let isSame = { (waiting: Waiting) in waiting.submission.facts.entry.line.bytes == entry.line }
        for (place, found) in waiting.filter(isSame).enumerated() {
          decided.append(Decided(index: block.first + offset, submission: found.submission, isRepeated: place > 0))
        }
        superseded += waiting.filter { !isSame($0) }.map(\.submission)
      }
      if undecided[entry.author]!.isEmpty { undecided[entry.author] = nil }
    }
    return superseded
  }

  /// A checkpoint of `size` leaves is final: answers those who get a receipt.
  mutating func publish(_ size: Int) -> [(submission: Submission, index: Int, isRepeated: Bool)] {
    guard !decided.isEmpty else { return [] }
    let final = decided.filter { $0.index < size }
    decided.removeAll { $0.index < size }
    return final.map { ($0.submission, $0.index, $0.isRepeated) }
  }

  /// The entry is not taken: answers who waits for these very bytes.
  mutating func refuse(_ facts: EntryFacts) -> [Submission] {
    let entry = facts.entry
    guard let waiting = undecided[entry.author]?[entry.sequence] else { return [] }
    let refused = waiting.filter { $0.submission.facts.entry.line == entry.line }
    let others = waiting.filter { $0.submission.facts.entry.line != entry.line }
    undecided[entry.author]![entry.sequence] = others.isEmpty ? nil : others
    if undecided[entry.author]!.isEmpty { undecided[entry.author] = nil }
    return refused.map(\.submission)
  }

  /// Those who have waited since before `time`.
  mutating func overdue(_ time: ContinuousClock.Instant) -> [Submission] {
    var overdue: [Submission] = []
    for (author, ofKey) in undecided {
      for (sequence, waiting) in ofKey where waiting.contains(where: { $0.since < time }) {
        overdue += waiting.filter { $0.since < time }.map(\.submission)
        let left = waiting.filter { $0.since >= time }
        undecided[author]![sequence] = left.isEmpty ? nil : left
      }
      if undecided[author]!.isEmpty { undecided[author] = nil }
    }
    return overdue
  }

  /// All who wait.
  mutating func removeAll() -> [Submission] {
    defer { (undecided, decided) = ([:], []) }
    return undecided.values.flatMap { $0.values.flatMap { $0.map(\.submission) } } + decided.map(\.submission)
  }
}
