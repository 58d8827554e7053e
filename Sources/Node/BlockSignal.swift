import Synchronization

/// Tells whoever follows a log how far it has come.
final class BlockSignal: Sendable {
  private struct State {
    var size: Int
    var last = 0
    var followers: [Int: AsyncStream<Int>.Continuation] = [:]
  }

  private let state: Mutex<State>

  init(size: Int) { state = Mutex(State(size: size)) }

  /// A block is on the disk; the log now has `size` leaves.
  func advance(to size: Int) {
    let followers = state.withLock { state in
      state.size = size
      return state.followers.values
    }
    for follower in followers { follower.yield(size) }
  }

  /// The size now and after later blocks; a slow follower sees only the newest.
  func sizes() -> AsyncStream<Int> {
    let stream = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.last += 1
      state.followers[state.last] = stream.continuation
      stream.continuation.yield(state.size)
      return state.last
    }
    stream.continuation.onTermination = { [self] _ in state.withLock { $0.followers[number] = nil } }
    return stream.stream
  }
}
