import Encoding

/// Why a log could not be read or kept.
public enum StorageError: Fault, Equatable {
  /// There is no log at the given place.
  case noLog(String)
  /// The log has no entry of that index.
  case noEntry(String)
  /// A log is there already.
  case exists(String)
  /// Another process writes to the log.
  case locked(String)
  /// What is stored is not what was written.
  case damaged(String)
  /// A server did not answer, or not as a server of a log does.
  case unreachable(String)
  /// Two checkpoints of one log do not belong to one tree, or the newer one is smaller.
  case conflict(String)
  /// The disk or the operating system refused.
  case failed(String)

  /// The stable code.
  public var code: String {
    switch self {
    case .noLog: "no_log"
    case .noEntry: "index_out_of_range"
    case .exists: "log_exists"
    case .locked: "log_locked"
    case .damaged: "log_damaged"
    case .unreachable: "network_failed"
    case .conflict: "checkpoint_conflict"
    case .failed: "storage_failed"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .noLog(let what), .noEntry(let what), .exists(let what), .locked(let what), .damaged(let what),
      .unreachable(let what), .conflict(let what), .failed(let what):
      what
    }
  }
}
