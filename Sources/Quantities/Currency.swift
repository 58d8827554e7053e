import Encoding

/// A currency by its three letters of ISO 4217.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
  /// Three capital letters.
  public let code: String

  /// The currency called `code`.
  public init(_ code: String) throws(QuantityError) {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
      throw .syntax("\(quoted(code)) is not a currency code of three capital letters")
    }
    self.code = code
  }

  /// The three letters.
  public var description: String { code }
}
