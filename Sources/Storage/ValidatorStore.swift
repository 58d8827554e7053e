import Cryptography
import Foundation
import GRDB
import Log

/// What one of several validators stores beside its log, in the same file: its own words at the height that is being decided,
/// and what decided its last block.
extension LogStore {
  /// One thing to write.
  public enum ValidatorWrite: Sendable {
    /// The validator's own word at `height`, as a packet.
    case record([UInt8], height: Int)
    /// A decided block, the votes that decided it as a packet, and this validator's own cosigned checkpoint. The block is not
    /// final yet, so it is stored without a checkpoint; what was said at its height is forgotten.
    case block(SealedBlock, votes: [UInt8], cosigned: [UInt8])
    /// A checkpoint that a quorum has cosigned.
    case final(CosignedCheckpoint)
    /// From now on this file vouches for all that the validator has said.
    case vouch
  }

  /// What decided the last block.
  public struct Decision: Sendable, Equatable {
    /// The block.
    public let height: Int
    /// The votes that decided it, as a packet; empty where they are not known.
    public let votes: [UInt8]
    /// The checkpoint that this validator cosigned; empty where it did not.
    public let cosigned: [UInt8]
  }

  /// Makes the tables of a validator where there are none yet.
  public func prepareForVotes() throws(StorageError) {
    try Self.attempt(directory) {
      try database.write { db in
        try db.execute(
          sql: """
            -- The validator's own votes and proposals, in the order in which it signed them.
            CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, height INTEGER NOT NULL, packet BLOB NOT NULL);
            -- What decided the last block, in one row.
            CREATE TABLE IF NOT EXISTS decisions (
              id INTEGER PRIMARY KEY CHECK (id = 0), height INTEGER NOT NULL, votes BLOB NOT NULL, cosigned BLOB NOT NULL);
            -- The file that holds all that the validator has ever said: a copy of it is another file.
            CREATE TABLE IF NOT EXISTS vouchers (id INTEGER PRIMARY KEY CHECK (id = 0), file TEXT NOT NULL);
            """)
      }
    }
  }

  /// Writes all of `writes` or nothing, and returns when it is on the disk.
  public func write(_ writes: [ValidatorWrite]) throws(StorageError) {
    let file = try identity.description
    try Self.attempt(directory) {
      try database.write { db in
        for write in writes { try Self.carryOut(write, file: file, db) }
      }
    }
  }

  private static func carryOut(_ write: ValidatorWrite, file: String, _ db: Database) throws {
    switch write {
    case .record(let packet, let height):
      try db.cachedStatement(sql: "INSERT INTO records (height, packet) VALUES (?, ?)")
        .execute(arguments: [height, Data(packet)])
    case .block(var block, let votes, let cosigned):
      block.checkpoint = []
      try insert(block, db)
      try db.cachedStatement(sql: "DELETE FROM records WHERE height <= ?").execute(arguments: [block.height])
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO decisions VALUES (0, ?, ?, ?)")
        .execute(arguments: [block.height, Data(votes), Data(cosigned)])
    case .final(let checkpoint):
      try db.cachedStatement(sql: "UPDATE blocks SET checkpoint = ? WHERE idx = ?")
        .execute(arguments: [Data(checkpoint.bytes), checkpoint.checkpoint.size - 1])
    case .vouch:
      try db.execute(sql: "INSERT OR REPLACE INTO vouchers VALUES (0, ?)", arguments: [file])
    }
  }

  /// The validator's own words at `height`, in their order.
  public func records(height: Int) throws(StorageError) -> [[UInt8]] {
    try Self.attempt(directory) {
      try database.read { db in
        try Data.fetchAll(db, sql: "SELECT packet FROM records WHERE height = ? ORDER BY id", arguments: [height])
          .map { [UInt8]($0) }
      }
    }
  }

  /// What decided the last block; nil before the first, or where it is not known.
  public func decision() throws(StorageError) -> Decision? {
    let last = try lastBlock().height
    return try Self.attempt(directory) {
      try database.read { db in
        try Row.fetchOne(db, sql: "SELECT * FROM decisions WHERE height = ?", arguments: [last]).map { row in
          Decision(
            height: try counted(row.decode(Int.self, forColumn: "height")),
            votes: [UInt8](try row.decode(Data.self, forColumn: "votes")),
            cosigned: [UInt8](try row.decode(Data.self, forColumn: "cosigned")))
        }
      }
    }
  }

  /// Whether this file holds all that the validator has ever said: false for a new one, a copy, and a restored backup.
  public func vouches() throws(StorageError) -> Bool {
    let file = try identity.description
    return try Self.attempt(directory) {
      try database.read { try String.fetchOne($0, sql: "SELECT file FROM vouchers") } == file
    }
  }

  private var identity: FileIdentity {
    get throws(StorageError) { try FileIdentity(Self.path(directory)) }
  }

  /// Says that this file may not hold all that the validator has said.
  public func disown() throws(StorageError) {
    try Self.attempt(directory) { try database.write { try $0.execute(sql: "DELETE FROM vouchers") } }
  }
}
