import Encoding

/// The rules of subjects: tokens between dots, none empty, none with white space.
public enum Subject {
  /// The longest subject, in bytes.
  public static let longest = 255

  /// Refuses a subject that cannot be published on.
  static func requireLiteral(_ subject: String) throws(NATSError) {
    try requireTokens(subject)
    let hasWildcard = subject.split(separator: ".").contains { $0 == "*" || $0 == ">" }
    guard !hasWildcard else { throw NATSError(.invalid, "the subject \(quoted(subject)) has a wildcard") }
  }

  /// Refuses a subject that cannot be subscribed to.
  static func requireTokens(_ subject: String) throws(NATSError) {
    let isText = subject.utf8.count <= longest && subject.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    let tokens = subject.split(separator: ".", omittingEmptySubsequences: false)
    guard isText, tokens.allSatisfy({ !$0.isEmpty }) else {
      throw NATSError(.invalid, "\(quoted(subject)) is no subject: tokens between dots, at most \(longest) bytes")
    }
  }

  /// Whether `subject` matches `pattern`: `*` stands for one token, `>` at the end for one or more.
  public static func matches(_ subject: String, _ pattern: String) -> Bool {
    let tokens = pattern.split(separator: ".", omittingEmptySubsequences: false)
    let parts = subject.split(separator: ".", omittingEmptySubsequences: false)
    for (position, token) in tokens.enumerated() {
      if token == ">", position == tokens.count - 1 { return parts.count > position }
      guard position < parts.count, token == "*" || token == parts[position] else { return false }
    }
    return parts.count == tokens.count
  }
}
