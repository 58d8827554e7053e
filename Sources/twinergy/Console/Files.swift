import Foundation
import Storage

/// Files that a person names on the command line.
enum Files {
  private static let largest = 256 << 20

  /// The bytes of the file `path`, or of standard input for `-`.
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return try contents(of: .standardInput, path) }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw UsageError("there is no readable file \(path)")
    }
    defer { try? handle.close() }
    return try contents(of: handle, path)
  }

  private static func contents(of handle: FileHandle, _ path: String) throws -> [UInt8] {
    guard let data = try? handle.read(upToCount: largest + 1) ?? Data() else {
      throw UsageError("\(path) is a directory, or cannot be read")
    }
    guard data.count <= largest else { throw UsageError("\(path) has more than \(largest) bytes") }
    return [UInt8](data)
  }

  /// Writes `bytes` to the file `path`.
  static func write(_ bytes: [UInt8], _ path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw StorageError.failed("\(path): \(error.localizedDescription)")
    }
  }
}
