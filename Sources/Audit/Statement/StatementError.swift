import Encoding
import Log

/// Why a statement is not believed.
public enum StatementError: Fault, Equatable {
  /// The bytes are no statement.
  case malformed(String)
  /// The statement contradicts itself or the entries that it holds.
  case wrong(String)
  /// A line, a proof or the checkpoint is refused.
  case log(LogError)

  /// `statement_malformed`, `statement_wrong` or the code of the log's refusal.
  public var code: String {
    switch self {
    case .malformed: "statement_malformed"
    case .wrong: "statement_wrong"
    case .log(let error): error.code
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .malformed(let what), .wrong(let what): what
    case .log(let error): error.sentence
    }
  }
}
