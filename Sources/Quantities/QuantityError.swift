import Encoding

/// Why a quantity could not be made.
public enum QuantityError: Fault, Equatable {
  /// The result does not fit 64 bits.
  case overflow(String)
  /// The text is not a quantity of this kind.
  case syntax(String)
  /// The value lies outside what the type may hold.
  case range(String)

  /// `quantity_overflow`, `quantity_syntax` or `quantity_range`.
  public var code: String {
    switch self {
    case .overflow: "quantity_overflow"
    case .syntax: "quantity_syntax"
    case .range: "quantity_range"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .overflow(let what), .syntax(let what), .range(let what): what
    }
  }
}
