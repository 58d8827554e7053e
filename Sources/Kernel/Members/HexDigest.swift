import Encoding

/// A SHA-256 as text: 64 lower-case hexadecimal digits.
public struct HexDigest: MemberValue {
  /// The digits.
  public let text: String

  /// `text`, which is known to be a digest.
  public init(unchecked text: String) { self.text = text }

  /// 64 digits.
  public static var schema: Schema { .digest }

  /// Reads 64 digits.
  public static func read(_ value: JSONValue) throws(JSONError) -> HexDigest {
    let text = try value.string()
    guard text.utf8.count == 64, Hex.decode(text) != nil else {
      throw JSONError(.value, "\(quoted(text)) is not 64 lower-case hexadecimal digits")
    }
    return HexDigest(unchecked: text)
  }

  /// Writes the digits.
  public func write(to writer: inout JSONWriter) { writer.string(text) }
}
