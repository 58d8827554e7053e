import Community
import Encoding
import Kernel
import Log
import Storage

/// Why a node does not do what it was asked.
public enum NodeError: Fault {
  /// The line is not accepted.
  case refused(Refusal)
  /// The key has signed this sequence number before, with other bytes.
  case sequenceReused(String)
  /// So many submissions wait that one more is not taken; try again later.
  case busy(String)
  /// The log could not be written; the process must stop and look again.
  case halted(String)
  /// No quorum has decided the entry in time; it waits, and the same line again gets its receipt.
  case undecided(String)
  /// This validator finds otherwise than those who decided, so it decides no more; what was final it goes on serving.
  case diverged(String)
  /// The log could not be read or opened.
  case storage(StorageError)
  /// The log does not replay.
  case replay(ReplayError)
  /// Nobody's log could be read, and this one may lack how it went on.
  case peersUnread(String)
  /// The keys are not a validator's.
  case notValidator(String)

  /// The stable code.
  public var code: String {
    switch self {
    case .refused(let refusal): refusal.code
    case .sequenceReused: "sequence_reused"
    case .busy: "node_busy"
    case .halted: "node_halted"
    case .undecided: "node_undecided"
    case .diverged: "node_diverged"
    case .storage(let error): error.code
    case .replay(let error): error.code
    case .notValidator: "not_validator"
    case .peersUnread: "peers_unread"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .refused(let refusal): refusal.sentence
    case .storage(let error): error.sentence
    case .replay(let error): error.sentence
    case .sequenceReused(let what), .busy(let what), .halted(let what), .notValidator(let what),
      .undecided(let what), .diverged(let what), .peersUnread(let what):
      what
    }
  }
}
