import Foundation
import GRDB

extension LogStore {
  /// Copies this log to `directory`, which must be empty or not be there, while others read and write it.
  ///
  /// The copy is the log as it stood at one moment: SQLite's backup reads it in one transaction. Keys and profiles are
  /// not part of it.
  public func backup(to directory: String) throws(StorageError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    guard names.isEmpty else { throw .exists("\(directory) is not empty") }
    let unfinished = directory + ".backup"
    try? FileManager.default.removeItem(atPath: unfinished)
    do throws(StorageError) {
      try Self.attempt(unfinished) {
        try FileManager.default.createDirectory(
          atPath: unfinished, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let copy = try DatabaseQueue(path: Self.path(unfinished))
        try database.backup(to: copy)
        // All of it in one file, whatever the original's journal is.
        try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
      }
      try DurableFile.place(unfinished, at: directory)
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
  }
}
