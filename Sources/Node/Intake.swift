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
}

/// The queue before the sequencer: bounded, first come first served.
final class Intake: Sendable {
  /// The most submissions that wait.
  static let capacity = 16_384

  private struct State {
    var waiting: [Submission] = []
    var isDraining = false
  }

  private let state = Mutex(State())

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
      guard state.waiting.count < Self.capacity else { return .full }
      state.waiting.append(submission)
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
      state.isDraining = !taken.isEmpty
      return taken
    }
  }
}
