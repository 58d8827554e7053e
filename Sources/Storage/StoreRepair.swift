import Cryptography
import Foundation
import GRDB
import Log

extension LogStore {
  /// Puts in place what `plan` holds, and writes anew what follows from the entries: where each author's sequence numbers
  /// and each block stand. All of it, or nothing. Snapshots go; the next node that opens the log replays it.
  public func apply(_ plan: RepairPlan) throws(StorageError) {
    try Self.attempt(directory) {
      try database.write { db in
        for (index, line) in plan.leaves {
          try db.execute(sql: "INSERT OR REPLACE INTO leaves VALUES (?, ?)", arguments: [index, Data(line)])
        }
        try db.execute(sql: "DELETE FROM leaves WHERE idx < 0 OR idx >= ?", arguments: [plan.size])
        for (path, hashes) in plan.tiles where path.width == TilePath.fullWidth {
          guard case .hashes(let level) = path.content else { continue }
          try db.execute(
            sql: "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?)",
            arguments: [level, path.index, Data(hashes.flatMap(\.bytes))])
        }
        try Self.deriveIndexes(db, plan)
      }
    }
    authors.withLock { $0 = [:] }
  }

  private static func deriveIndexes(_ db: Database, _ plan: RepairPlan) throws {
    let newest =
      try plan.checkpoint.map { Data($0.bytes) }
      ?? newestCheckpoint(db)
    try db.execute(
      sql: "DELETE FROM submissions; DELETE FROM authors; DELETE FROM blocks; DELETE FROM snapshots;")
    var blocks = LogBlocks()
    let rows = try Row.fetchCursor(db, sql: "SELECT idx, line FROM leaves WHERE idx > 0 ORDER BY idx")
    while let row = try rows.next() {
      guard let block = try blocks.append([UInt8](row.decode(Data.self, forColumn: "line"))) else { continue }
      for (offset, line) in block.entries.enumerated() {
        let entry = try Entry(line)
        try insertSubmission(by: author(entry.author, db), entry.sequence, at: block.first + offset, db)
      }
      try db.execute(
        sql: "INSERT INTO blocks VALUES (?, ?, ?)",
        arguments: [block.block.height, block.lineIndex, block.size == plan.size ? newest ?? Data() : Data()])
    }
  }
}
