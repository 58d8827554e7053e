import ArgumentParser
import Encoding

/// How a command ends; Specs/errors.md lists these for scripts.
enum ExitStatus: Int32 {
  case good = 0
  case failed = 1
  case usage = 2
  case incomplete = 3
  case noLog = 10
  case locked = 11
  case authority = 12
  case network = 13
  case conflict = 14
  case interrupted = 130

  /// The exit status of a fault.
  init(_ fault: some Fault) {
    switch fault.code {
    case "no_log": self = .noLog
    case "log_locked": self = .locked
    case "secret_key_invalid", "public_key_invalid", "not_authorised", "key_unknown", "key_not_valid_here",
      "signature_invalid", "not_validator", "quorum_needed":
      self = .authority
    case "network_failed", "cannot_listen": self = .network
    case "checkpoint_conflict": self = .conflict
    case "usage": self = .usage
    default: self = .failed
    }
  }
}

/// A fault of how a command was called.
struct UsageError: Fault {
  let code = "usage"
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// A fault of the network on this side.
struct ListenError: Fault {
  let code = "cannot_listen"
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
