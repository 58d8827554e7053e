import Cryptography
import Foundation
import GRDB
import Log

/// Where each entry stands, by who signed it and by its sequence number.
///
/// The rows of as many leaves as a portion has lie together, the newest portion last: a block of a thousand authors changes
/// some pages of the file, not one for each author.
extension LogStore {
  /// Leaves of a portion.
  private static let portion = 16_384

  /// The index at which `author` signed `sequence`, if the log has it. Looked for from the newest portion back.
  public func index(of author: KeyID, sequence: Int) throws(StorageError) -> Int? {
    try read { db in
      guard let number = try Self.authorNumber(author, db) else { return nil }
      let statement = try db.cachedStatement(
        sql: """
          WITH RECURSIVE portions (number) AS (
            SELECT max(portion) FROM submissions
            UNION ALL
            SELECT (SELECT max(portion) FROM submissions WHERE portion < number) FROM portions WHERE number IS NOT NULL
          )
          SELECT idx FROM portions CROSS JOIN submissions ON portion = number AND author = ? AND seq = ? LIMIT 1
          """)
      return try Int.fetchOne(statement, arguments: [number, sequence]).map(counted)
    }
  }

  static func insertSubmission(by author: Int64, _ sequence: Int, at index: Int, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO submissions VALUES (?, ?, ?, ?)").execute(
      arguments: [index / portion, author, sequence, index])
  }

  static func author(_ key: KeyID, _ db: Database) throws -> Int64 {
    if let number = try authorNumber(key, db) { return number }
    try db.execute(sql: "INSERT INTO authors (thumbprint) VALUES (?)", arguments: [Data(key.thumbprint.bytes)])
    return db.lastInsertedRowID
  }

  private static func authorNumber(_ key: KeyID, _ db: Database) throws -> Int64? {
    let statement = try db.cachedStatement(sql: "SELECT id FROM authors WHERE thumbprint = ?")
    return try Int64.fetchOne(statement, arguments: [Data(key.thumbprint.bytes)])
  }
}
