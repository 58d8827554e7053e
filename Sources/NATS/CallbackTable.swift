import Synchronization

/// Who is behind the numbers that callbacks carry.
///
/// The library calls back on threads of its own, sometimes after the object is gone. It is given a number instead of a
/// pointer: a late callback finds nobody and does nothing.
final class CallbackTable<Target: AnyObject & Sendable>: Sendable {
  private struct State {
    var last = 0
    var targets: [Int: Target] = [:]
  }

  private let state = Mutex(State())

  /// Remembers `target` until ``remove(_:)``; answers what to give the library.
  func add(_ target: Target) -> UnsafeMutableRawPointer {
    state.withLock { state in
      state.last += 1
      state.targets[state.last] = target
      return UnsafeMutableRawPointer(bitPattern: state.last)!
    }
  }

  func find(_ ticket: UnsafeMutableRawPointer?) -> Target? {
    state.withLock { $0.targets[Int(bitPattern: ticket)] }
  }

  @discardableResult
  func remove(_ ticket: UnsafeMutableRawPointer?) -> Target? {
    state.withLock { $0.targets.removeValue(forKey: Int(bitPattern: ticket)) }
  }

  /// How many are remembered.
  var count: Int { state.withLock { $0.targets.count } }
}
