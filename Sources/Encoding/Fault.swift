/// A refusal that a program can act on and a person can read.
///
/// Every error that leaves a target of this package is one of these. The code is stable: it is written in
/// `Specs/errors.md`, tests pin it, and scripts may depend on it. The sentence may be reworded at any time.
public protocol Fault: Error, CustomStringConvertible {
  /// Lower-case words joined by underscores, such as `price_out_of_bounds`.
  var code: String { get }
  /// One plain sentence: what is wrong, with the values that show it.
  var sentence: String { get }
}

extension Fault {
  /// The code and the sentence, `price_out_of_bounds: 9 is below the feed-in tariff 80`.
  public var description: String { "\(code): \(sentence)" }
}
