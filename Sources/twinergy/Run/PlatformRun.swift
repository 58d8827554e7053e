import Encoding
import Node
import Platform
import Synchronization
import Web

/// A node's side of the broker during a run: it begins once the node is open, and ends with the run.
final class PlatformRun: Sendable {
  private enum State {
    case waiting
    case running(Task<Void, Never>)
    case over
  }

  private let options: PlatformService.Options
  private let state = Mutex(State.waiting)

  init(_ options: PlatformService.Options) { self.options = options }

  /// Begins for `node`; `onFault` is told why it cannot go on, if that happens.
  func begin(_ node: Node, _ startup: Startup, onFault: @escaping @Sendable (any Error) -> Void) {
    let service = PlatformService(node, options, clock: NodeRun.now) { event in
      EventLine.write(event.name, level: event.isWarning ? .warning : .info, event.fields.map { ($0.name, $0.value) })
    }
    state.withLock { state in
      guard case .waiting = state else { return }
      startup.open(service)
      state = .running(
        Task {
          do {
            try await service.run()
          } catch {
            if !Task.isCancelled { onFault(error) }
          }
        })
    }
  }

  /// Has it end: nothing more is told or answered.
  func cancel() {
    state.withLock { state in
      if case .running(let task) = state { task.cancel() } else { state = .over }
    }
  }

  /// Returns when it has ended.
  func finish() async {
    cancel()
    guard case .running(let task) = state.withLock({ $0 }) else { return }
    await task.value
  }
}
