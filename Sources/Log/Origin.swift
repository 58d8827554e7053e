import Encoding

/// The name of a log, an address without a scheme such as `hagedorn.example/lem` (C2SP tlog-checkpoint).
///
/// 1 to 128 of the visible ASCII characters but `+` and `"`: nothing that two programs compare differently, such as the
/// Kelvin sign, which some take for a K.
public enum Origin {
  /// The longest origin in bytes.
  public static let maximumLength = 128

  /// Whether `text` names a log.
  public static func isValid(_ text: String) -> Bool {
    (1...maximumLength).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "\"") }
  }

  static func refusal(of text: String) -> String { "\(quoted(text)) is not an origin such as \"hagedorn.example/lem\"" }
}

extension JSONFields {
  /// The origin called `name`.
  mutating func origin(_ name: StaticString) throws(JSONError) -> String {
    let text = try string(name)
    guard Origin.isValid(text) else { throw JSONError(.value, "in \"\(name)\": \(Origin.refusal(of: text))") }
    return text
  }
}

extension StringProtocol {
  /// Whether both are the same bytes. `==` takes canonically equivalent characters for the same; formats must not.
  func isSame(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
