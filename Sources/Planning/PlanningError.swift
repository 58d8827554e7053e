import Encoding

/// Why a plan could not be made.
public enum PlanningError: Fault, Equatable {
  /// An expectation, a storage or a contract has a value that cannot be.
  case input(String)

  /// `planning_invalid`.
  public var code: String { "planning_invalid" }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .input(let what): what
    }
  }
}
