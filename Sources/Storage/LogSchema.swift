import GRDB

/// The tables of `log.sqlite`.
enum LogSchema {
  /// Marks the file as Twinergy's: "TWIN" in ASCII.
  static let applicationID = 0x5457_494E
  /// Changes with the tables.
  static let version = 2

  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        -- Each line of the log. Leaf 0 is the genesis document.
        CREATE TABLE leaves (idx INTEGER PRIMARY KEY, line BLOB NOT NULL);
        -- A number for each key that has signed an entry.
        CREATE TABLE authors (id INTEGER PRIMARY KEY, thumbprint BLOB NOT NULL UNIQUE);
        -- Where an entry stands, to answer the same submission with the same receipt.
        CREATE TABLE submissions (
          portion INTEGER NOT NULL, author INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL,
          PRIMARY KEY (portion, author, seq)
        ) WITHOUT ROWID;
        -- Each block: where its line stands, and the checkpoint of the tree that ends with it.
        CREATE TABLE blocks (height INTEGER PRIMARY KEY, idx INTEGER NOT NULL UNIQUE, checkpoint BLOB NOT NULL);
        -- Full tiles of 256 hashes.
        CREATE TABLE tiles (
          level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, idx)
        ) WITHOUT ROWID;
        -- Canonical states, to start from. Whoever loads one compares its digest with the log's.
        CREATE TABLE snapshots (height INTEGER PRIMARY KEY, digest BLOB NOT NULL, state BLOB NOT NULL);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """)
  }

  /// Refuses a file that is not a log of this version.
  static func check(_ db: Database, path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version")
    guard id == applicationID else { throw StorageError.noLog("\(path) is not a Twinergy log") }
    guard version == Self.version else {
      throw StorageError.damaged("\(path) has format \(version ?? 0); this program reads format \(Self.version)")
    }
  }
}
