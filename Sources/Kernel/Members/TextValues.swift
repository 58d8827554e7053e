import Encoding
import Quantities

/// A value that stands in JSON as its own short text.
public protocol TextValue: MemberValue, CustomStringConvertible {
  /// Reads the text.
  init(_ text: String) throws(QuantityError)
}

extension TextValue {
  /// A short text.
  public static var schema: Schema { String.schema }
  /// Reads the text.
  public static func read(_ value: JSONValue) throws(JSONError) -> Self {
    let text = try String.read(value)
    return try asJSON { () throws(QuantityError) in try Self(text) }
  }
  /// Writes the text.
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}

extension Currency: TextValue {}
extension TimeZoneRule: TextValue {}
extension Ratio: TextValue {}

extension SlotRange {
  /// The slots that curves of these lengths, all the same, cover from `first` on.
  public init(_ first: Slot, curves lengths: Int...) throws(JSONError) { try self.init(first, curves: lengths) }

  /// The slots that curves of these lengths, all the same, cover from `first` on.
  public init(_ first: Slot, curves lengths: [Int]) throws(JSONError) {
    guard let count = lengths.first, lengths.allSatisfy({ $0 == count }) else {
      throw JSONError(.value, "the curves have different lengths")
    }
    self = try asJSON { () throws(QuantityError) in try SlotRange(first, count: count) }
  }
}
