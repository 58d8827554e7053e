import Encoding
import Quantities

/// Why a well-formed event may not follow the present state.
public struct Rejection: Fault, Equatable {
  /// What sort of fault it is; the HTTP status that an interface answers with.
  public enum Status: Int, Sendable {
    /// The event's text is not one of its type.
    case malformed = 400
    /// The author may not say this.
    case forbidden = 403
    /// What the event speaks of does not exist.
    case unknown = 404
    /// What the event makes exists, or the state has moved on.
    case conflict = 409
    /// The text is longer than what is taken.
    case tooLarge = 413
    /// The values break a rule.
    case invalid = 422
    /// More is asked than is answered.
    case tooMany = 429
    /// What would answer is not there, or has too much to do.
    case unavailable = 503
    /// It took too long.
    case late = 504
  }

  /// The stable code, `device_exists`.
  public let code: String
  /// The sort of fault.
  public let status: Status
  /// What was wrong.
  public let sentence: String

  /// A rejection with the given code.
  public init(_ status: Status, _ code: String, _ sentence: String) {
    (self.status, self.code, self.sentence) = (status, code, sentence)
  }

  /// The same refusal of an event's JSON.
  public init(_ error: JSONError) { self.init(.malformed, error.code, error.sentence) }

  /// The same refusal of a quantity.
  public init(_ error: QuantityError) { self.init(.invalid, error.code, error.sentence) }
}
