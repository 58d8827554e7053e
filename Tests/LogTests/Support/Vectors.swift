import Cryptography
import Encoding
import Foundation
import Testing

@testable import Log

/// The stored bytes that Tools/make-log-vectors made.
enum Vectors {
  static let directory = Bundle.module.resourcePath! + "/Vectors"

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
  }

  static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// What the maker says of keys, hashes and roots.
  static func values() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes("values.json"))) as? [String: Any])
  }

  static func value(_ name: String) throws -> String { try #require(try values()[name] as? String) }

  static func value(_ group: String, _ name: String) throws -> String {
    try #require((try values()[group] as? [String: String])?[name])
  }

  static func key(_ name: String) throws -> SecretKey {
    try SecretKey(seed: try #require(Hex.decode(try value("seeds", name))))
  }

  static func genesis() throws -> Genesis { try Genesis(bytes("log/genesis.json")) }

  /// The six leaves of the stored log.
  static func leaves() throws -> [[UInt8]] {
    try EntryBundle.decode(bytes("log/tile/entries/000.p/6"), count: 6)
  }
}

/// Asserts that `body` throws a ``LogError`` of `kind`.
func expectRefusal<Value>(
  _ kind: LogError.Kind, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Value
) {
  do {
    _ = try body()
    Issue.record(comment ?? "nothing was refused", sourceLocation: sourceLocation)
  } catch {
    #expect((error as? LogError)?.kind == kind, comment ?? "\(error)", sourceLocation: sourceLocation)
  }
}
