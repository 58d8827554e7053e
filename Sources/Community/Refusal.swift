import Encoding
import Kernel
import Log

/// Why an entry is not accepted.
public enum Refusal: Fault, Equatable {
  /// The code of an event that no module knows.
  static let unknownEvent = "event_unknown"

  /// It does not belong in this log.
  case log(LogError)
  /// An event of it may not happen.
  case event(Rejection)

  private var fault: any Fault {
    switch self {
    case .log(let error): error
    case .event(let rejection): rejection
    }
  }

  /// The stable code.
  public var code: String { fault.code }
  /// What was wrong.
  public var sentence: String { fault.sentence }

  /// The HTTP status that an interface answers with.
  public var status: Rejection.Status {
    switch self {
    case .event(let rejection): rejection.status
    case .log(let error):
      switch error.kind {
      case .sequence, .motionExists, .motionsFull, .approvalExists, .evidenceKnown: .conflict
      case .unknownKey, .keyWindow, .authority, .signature, .quorumNeeded: .forbidden
      case .motionUnknown: .unknown
      case .governance: .invalid
      default: .malformed
      }
    }
  }
}
