import Synchronization

/// How a run ends: by whoever ends it first.
final class Ending: Sendable {
  private struct State {
    var status: ExitStatus?
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// How it ends, once that is known.
  var status: ExitStatus? { state.withLock { $0.status } }

  /// Has `stop` called when the run ends.
  func onFirst(_ stop: @escaping @Sendable () -> Void) { state.withLock { $0.stop = stop } }

  /// Ends the run, if nobody has.
  func end(with status: ExitStatus) {
    let stop = state.withLock { state in
      if state.status == nil { state.status = status }
      defer { state.stop = nil }
      return state.stop
    }
    stop?()
  }
}
