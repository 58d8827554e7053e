import Foundation

/// A directory of its own for one test, gone when the value is.
public final class Scratch: Sendable {
  /// Where it is.
  public let path: String

  /// Makes it.
  public init() throws {
    path = NSTemporaryDirectory() + "twinergy-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` in it.
  public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// All files in it, sorted.
  public var files: [String] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: self(name), isDirectory: &isDirectory) && !isDirectory.boolValue
    }.sorted()
  }

  /// The bytes of `name`.
  public func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: self(name)))) }

  /// Writes `bytes` to `name`, making the directories above it.
  public func write(_ bytes: [UInt8], _ name: String) throws {
    let parent = URL(fileURLWithPath: self(name)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
  }
}
