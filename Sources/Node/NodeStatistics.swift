import Cryptography
import Log
import Quantities
import Synchronization

/// What a node has done since it was opened, for whoever watches it.
public struct NodeStatistics: Sendable {
  /// How long something took: counts by upper bound.
  public struct Durations: Sendable {
    /// The upper bounds in microseconds; what took longer is counted in ``count`` alone.
    public static let bounds = [500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]

    /// How many took at most the bound at the same place of ``bounds``, and longer than the one before it.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count)
    /// How many there were.
    public private(set) var count = 0
    /// What all of them took together, in microseconds.
    public private(set) var sum = 0

    /// None yet.
    init() {}

    mutating func add(_ duration: Duration) {
      let (seconds, attoseconds) = duration.components
      let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
      if let place = Self.bounds.firstIndex(where: { microseconds <= $0 }) { counts[place] += 1 }
      count += 1
      sum += microseconds
    }
  }

  /// Height of the last block; 0 before the first.
  public internal(set) var height: Int
  /// How many leaves the log has.
  public internal(set) var size: Int
  /// The root of their tree.
  public internal(set) var root: Digest
  /// The time of the last block.
  public internal(set) var time: Instant
  /// Entries accepted.
  public internal(set) var accepted = 0
  /// Submissions answered with the receipt of an entry that was in the log before.
  public internal(set) var repeated = 0
  /// Submissions refused, by the refusal's code.
  public internal(set) var refused: [String: Int] = [:]
  /// How long the commits of blocks took, fsync included.
  public internal(set) var commits = Durations()
  /// Submissions that wait.
  public internal(set) var queue = 0
  /// Why the node writes no more, if it does not.
  public internal(set) var failure: NodeError?
  /// How it stands among the validators, where there are several.
  public internal(set) var validator: ValidatorStatistics?
}

/// Where the parts of a node write down what they do.
final class NodeMeter: Sendable {
  private let state: Mutex<NodeStatistics>
  private let onHalt: @Sendable (NodeError) -> Void

  init(_ statistics: NodeStatistics, onHalt: @escaping @Sendable (NodeError) -> Void) {
    state = Mutex(statistics)
    self.onHalt = onHalt
  }

  var statistics: NodeStatistics { state.withLock { $0 } }

  func answered(_ result: Result<Receipt, NodeError>) {
    state.withLock { state in
      switch result {
      case .success(let receipt): if receipt.isRepeated { state.repeated += 1 } else { state.accepted += 1 }
      case .failure(let error): state.refused[error.code, default: 0] += 1
      }
    }
  }

  func committed(height: Int, tree: Checkpoint, time: Instant, took duration: Duration) {
    state.withLock { state in
      (state.height, state.size, state.root, state.time) = (height, tree.size, tree.root, time)
      state.commits.add(duration)
    }
  }

  func measure(_ change: (inout ValidatorStatistics) -> Void) {
    state.withLock { state in
      var validator = state.validator ?? ValidatorStatistics()
      change(&validator)
      state.validator = validator
    }
  }

  /// A write of a validator's words and blocks took so long.
  func wrote(_ duration: Duration) { measure { $0.writes.add(duration) } }

  /// A checkpoint of `size` leaves is final.
  func published(_ size: Int) { measure { $0.final = size } }

  /// The validator `name` has contradicted itself; answers whether that is news.
  func accused(_ name: String) -> Bool {
    var isNews = false
    measure { validator in
      isNews = !validator.guilty.contains(name)
      if isNews { validator.guilty.append(name) }
    }
    return isNews
  }

  /// The node decides no more and goes on serving.
  func diverged(_ error: NodeError) { state.withLock { $0.failure = error } }

  func halted(_ error: NodeError) {
    state.withLock { $0.failure = error }
    onHalt(error)
  }
}
