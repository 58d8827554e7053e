import Community
import Cryptography
import Synchronization

/// An entry on its way into the log: read, its signature verified, its author waiting.
struct Submission: Sendable {
  var facts: EntryFacts
  var leaf: Digest
  var answer: CheckedContinuation<Result<Receipt, NodeError>, Never>
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
      let taken = Array(state.waiting.prefix(count))
      state.waiting.removeFirst(taken.count)
      state.isDraining = !taken.isEmpty
      return taken
    }
  }
}
