import Cryptography
import Foundation

/// A text that is never shown: it has no description of its own.
public struct Secret: Sendable, CustomStringConvertible, CustomReflectable {
  let text: String

  /// A secret of `text`.
  public init(_ text: String) { self.text = text }

  /// `(secret)`.
  public var description: String { "(secret)" }
  /// Nothing, so that no dump shows it.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// How a client proves to the server who it is: the four ways of D7.1 section 6.5.
public enum Credential: Sendable {
  /// The server asks nothing.
  case none
  /// One token for all.
  case token(Secret)
  /// A name and a password.
  case user(String, Secret)
  /// An Ed25519 key whose public half the server knows; it signs the server's challenge.
  case nkey(UserKey)
  /// A JWT of an account, and the key that it names.
  case credentials(jwt: Secret, UserKey)

  /// Whether the client signs a challenge.
  var isSigned: Bool {
    switch self {
    case .nkey, .credentials: true
    case .none, .token, .user: false
    }
  }

  /// The NKEY whose seed stands in the file at `path`.
  public static func nkey(file path: String) throws(NATSError) -> Credential {
    try .nkey(UserKey(seed: words(in: read(path)).first ?? ""))
  }

  /// The credentials file at `path`: a JWT and a seed, each between lines of dashes.
  public static func credentials(file path: String) throws(NATSError) -> Credential {
    let words = words(in: try read(path))
    guard words.count == 2 else {
      throw NATSError(.invalid, "\(path) is no credentials file: it holds \(words.count) values, not a JWT and a seed")
    }
    return .credentials(jwt: Secret(words[0]), try UserKey(seed: words[1]))
  }

  /// The first line of the file at `path`.
  public static func secret(file path: String) throws(NATSError) -> Secret {
    let text = try read(path)
    guard let line = text.split(whereSeparator: \.isNewline).first, !line.isEmpty else {
      throw NATSError(.invalid, "\(path) is empty")
    }
    return Secret(String(line))
  }

  private static let largestFile = 65_536

  private static func read(_ path: String) throws(NATSError) -> String {
    guard let data = FileManager.default.contents(atPath: path), data.count <= largestFile,
      let text = String(data: data, encoding: .utf8)
    else { throw NATSError(.invalid, "\(path) cannot be read, or is no text of at most \(largestFile) bytes") }
    return text
  }

  /// The lines between dashes, or all lines of a file without any; comments are left out.
  private static func words(in text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    guard let first = lines.firstIndex(where: { $0.hasPrefix("---") }) else {
      return lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
    var found: [String] = []
    var isInside = false
    for line in lines[first...] {
      if line.hasPrefix("---") {
        isInside = line.contains("BEGIN")
      } else if isInside, !line.isEmpty {
        found.append(line)
      }
    }
    return found
  }
}
