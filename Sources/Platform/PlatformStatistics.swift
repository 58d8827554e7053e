import Synchronization

/// What a node has done on the platform since it was started, for whoever watches it.
public struct PlatformStatistics: Sendable {
  /// Whether the connection over which messages go out stands.
  public internal(set) var isPublishing = false
  /// Whether the connection over which requests come in stands.
  public internal(set) var isAnswering = false
  /// The broker has all messages of so many leaves.
  public internal(set) var told = 1
  /// Messages that the broker has confirmed.
  public internal(set) var messages = 0
  /// How often a connection broke.
  public internal(set) var breaks = 0
  /// Requests answered, refusals included.
  public internal(set) var requests = 0
  /// Requests refused, by the refusal's code.
  public internal(set) var refused: [String: Int] = [:]

  /// Whether both connections to the broker stand.
  public var isConnected: Bool { isPublishing && isAnswering }
}

/// Where the parts of a node's side of the platform write down what they do.
final class PlatformMeter: Sendable {
  private let state = Mutex(PlatformStatistics())

  var statistics: PlatformStatistics { state.withLock { $0 } }

  func publisher(isConnected: Bool) {
    state.withLock { state in
      if state.isPublishing && !isConnected { state.breaks += 1 }
      state.isPublishing = isConnected
    }
  }

  func gateway(isConnected: Bool) {
    state.withLock { state in
      if state.isAnswering && !isConnected { state.breaks += 1 }
      state.isAnswering = isConnected
    }
  }

  func told(_ size: Int, messages: Int) {
    state.withLock { state in
      state.told = size
      state.messages += messages
    }
  }

  func answered(refusal: String? = nil) {
    state.withLock { state in
      state.requests += 1
      if let refusal { state.refused[refusal, default: 0] += 1 }
    }
  }
}
