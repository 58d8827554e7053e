import Community
import Cryptography
import Synchronization

/// An entry on its way into the log: read, its signature verified, its author waiting. An object, so that queues hand it on
/// without copying what it holds.
final class Submission: Sendable {
  let facts: EntryFacts
  let leaf: Digest
  let answer: CheckedContinuation<Result<Receipt, NodeError>, Never>

  init(facts: EntryFacts, leaf: Digest, answer: CheckedContinuation<Result<Receipt, NodeError>, Never>) {
    (self.facts, self.leaf, self.answer) = (facts, leaf, answer)
  }

  /// Bytes of its line.
  var length: Int { facts.entry.line.bytes.count }
}

/// The queue before the sequencer: bounded, first come first served.
final class Intake: Sendable {
  /// The most submissions that wait.
  static let capacity = 16_384
  /// The most bytes that the lines of all that wait have: 128 MiB.
  static let capacityInBytes = 128 << 20

  private struct State {
    var waiting: [Submission] = []
    var bytes = 0
    var isDraining = false
  }

  private let state = Mutex(State())
  private let capacity: Int
  private let capacityInBytes: Int

  init(capacity: Int = capacity, bytes: Int = capacityInBytes) {
    (self.capacity, capacityInBytes) = (capacity, bytes)
  }

  /// How many wait.
  var count: Int { state.withLock { $0.waiting.count } }

  enum Admission {
    /// No place is left.
    case full
    /// It waits; somebody is draining the queue already.
    case waiting
    /// It waits; the caller must have the queue drained.
    case first
  }

  func add(_ submission: Submission) -> Admission {
    state.withLock { state in
      let bytes = state.bytes + submission.length
      guard state.waiting.count < capacity, bytes <= capacityInBytes else { return .full }
      state.waiting.append(submission)
      state.bytes = bytes
      defer { state.isDraining = true }
      return state.isDraining ? .waiting : .first
    }
  }

  /// Up to `count` submissions in their order; none ends the draining.
  func take(_ count: Int) -> [Submission] {
    state.withLock { state in
      var taken: [Submission] = []
      swap(&taken, &state.waiting)
      if taken.count > count {
        state.waiting = Array(taken[count...])
        taken.removeSubrange(count...)
      }
      state.bytes -= taken.reduce(0) { $0 + $1.length }
      state.isDraining = !taken.isEmpty
      return taken
    }
  }
}
