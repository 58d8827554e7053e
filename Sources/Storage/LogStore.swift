import Cryptography
import Encoding
import Foundation
import GRDB
import Log
import Synchronization

/// A log in a data directory: SQLite in WAL mode, fsynced at every commit.
///
/// One transaction stores one block: its lines, tiles, checkpoint and snapshot. When ``commit(_:)`` returns, the block
/// survives a power cut; when it throws, nothing of the block is stored, or the process must stop and look again.
public final class LogStore: LogSource {
  /// The directory.
  public let directory: String
  let database: any DatabaseWriter & DatabaseReader
  private let lock: DirectoryLock?
  /// The numbers of authors whose rows are on the disk: one look-up less an entry.
  let authors = Mutex<[KeyID: Int64]>([:])

  private static let snapshotsKept = 2
  /// The most authors whose numbers are remembered.
  private static let authorsKept = 65_536

  static func path(_ directory: String) -> String { directory + "/log.sqlite" }

  /// Makes a log of `genesis` in `directory`, which must not hold one, and opens it for writing.
  public static func create(_ directory: String, genesis: Genesis) throws(StorageError) -> LogStore {
    try attempt(directory) {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let lock = try DirectoryLock(directory)
    guard !FileManager.default.fileExists(atPath: path(directory)) else {
      throw .exists("\(directory) holds a log already")
    }
    // A crash in between leaves a file under another name, so a log is there whole or not at all.
    let unfinished = path(directory) + ".new"
    try attempt(directory) {
      for suffix in ["", "-journal", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: unfinished + suffix)
      }
      // With a rollback journal all is in this one file when the commit returns; a write-ahead log would stay behind.
      let queue = try DatabaseQueue(path: unfinished)
      try queue.write { db in
        try LogSchema.create(db)
        try db.execute(sql: "INSERT INTO leaves VALUES (0, ?)", arguments: [Data(genesis.bytes)])
      }
      try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      try queue.close()
      try FileManager.default.moveItem(atPath: unfinished, toPath: path(directory))
    }
    try DurableFile.sync(directory)
    return try LogStore(directory, readonly: false, lock: lock)
  }

  /// Opens the log of `directory` for writing; only one process can.
  public static func open(_ directory: String) throws(StorageError) -> LogStore {
    try requireLog(directory)
    let lock = try DirectoryLock(directory)
    return try LogStore(directory, readonly: false, lock: lock)
  }

  /// Opens the log of `directory` for reading, beside whoever writes.
  public static func read(_ directory: String) throws(StorageError) -> LogStore {
    try requireLog(directory)
    return try LogStore(directory, readonly: true, lock: nil)
  }

  /// Whether `directory` holds a log.
  public static func exists(_ directory: String) -> Bool { FileManager.default.fileExists(atPath: path(directory)) }

  private static func requireLog(_ directory: String) throws(StorageError) {
    guard exists(directory) else { throw .noLog("there is no log in \(directory)") }
  }

  private init(_ directory: String, readonly: Bool, lock: DirectoryLock?) throws(StorageError) {
    self.directory = directory
    self.lock = lock
    database = try Self.attempt(directory) {
      let configuration = Self.configuration(readonly: readonly)
      let path = Self.path(directory)
      let database: any DatabaseWriter & DatabaseReader =
        readonly
        ? try DatabaseQueue(path: path, configuration: configuration)
        : try Self.durablePool(path, configuration)
      try database.read { try LogSchema.check($0, path: path) }
      return database
    }
  }

  private static func configuration(readonly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.busyMode = .timeout(5)
    return configuration
  }

  /// A pool whose commits are on the disk when they return. GRDB lets one in WAL mode wait for the next checkpoint, and says
  /// so to SQLite after the configuration has had its word.
  private static func durablePool(_ path: String, _ configuration: Configuration) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration)
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    return pool
  }

  /// Runs `body`, telling its errors as storage errors about `place`.
  static func attempt<Value>(_ place: String, _ body: () throws -> Value) throws(StorageError) -> Value {
    do {
      return try body()
    } catch let error as StorageError {
      throw error
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .damaged("\(place): \(error.message ?? "the database is damaged")")
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw .locked("\(place): \(error.message ?? "the database is in use")")
      default: throw .failed("\(place): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
      }
    } catch is RowDecodingError {
      throw .damaged("\(place): a row holds another kind of value than it should")
    } catch {
      throw .failed("\(place): \(error.localizedDescription)")
    }
  }

  /// Closes the files and gives the right to write back, whether or not closing succeeds.
  public func close() throws(StorageError) {
    defer { lock?.release() }
    try Self.attempt(directory) { try database.close() }
  }

  func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StorageError) -> Value {
    try Self.attempt(directory) { try database.read(body) }
  }
}

extension LogStore {
  /// Stores `block` and returns when it is on the disk.
  public func commit(_ block: SealedBlock) throws(StorageError) { try commit([block]) }

  /// Stores `blocks`, all of them or none, and returns when they are on the disk.
  func commit(_ blocks: [SealedBlock]) throws(StorageError) {
    var numbers = authors.withLock { $0 }
    try Self.attempt(directory) {
      try database.write { db in
        for block in blocks { try Self.insert(block, &numbers, db) }
      }
    }
    authors.withLock { $0 = numbers.count > Self.authorsKept ? [:] : numbers }
  }

  static func insert(_ block: SealedBlock, _ db: Database) throws {
    var numbers: [KeyID: Int64] = [:]
    try insert(block, &numbers, db)
  }

  private static func insert(_ block: SealedBlock, _ numbers: inout [KeyID: Int64], _ db: Database) throws {
    try insertLines(of: block, &numbers, db)
    for tile in block.tiles {
      try db.cachedStatement(sql: "INSERT INTO tiles VALUES (?, ?, ?)").execute(
        arguments: [tile.level, tile.index, Data(tile.hashes.flatMap(\.bytes))])
    }
    try db.cachedStatement(sql: "INSERT INTO blocks VALUES (?, ?, ?)").execute(
      arguments: [block.height, block.lineIndex, Data(block.checkpoint)])
    if let snapshot = block.snapshot { try insert(snapshot, db) }
  }

  private static func insertLines(of block: SealedBlock, _ numbers: inout [KeyID: Int64], _ db: Database) throws {
    let leaf = try db.cachedStatement(sql: "INSERT INTO leaves VALUES (?, ?)")
    for (offset, entry) in block.entries.enumerated() {
      try leaf.execute(arguments: [block.first + offset, Data(entry.line)])
      let number = try numbers[entry.author] ?? author(entry.author, db)
      numbers[entry.author] = number
      try insertSubmission(by: number, entry.sequence, at: block.first + offset, db)
    }
    try leaf.execute(arguments: [block.lineIndex, Data(block.line)])
  }

  private static func insert(_ snapshot: SealedBlock.Snapshot, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO snapshots VALUES (?, ?, ?)",
      arguments: [snapshot.height, Data(snapshot.digest.bytes), Data(snapshot.state)])
    try db.execute(
      sql: "DELETE FROM snapshots WHERE height NOT IN (SELECT height FROM snapshots ORDER BY height DESC LIMIT ?)",
      arguments: [snapshotsKept])
  }

  /// The snapshots, newest first.
  public func snapshots() throws(StorageError) -> [SealedBlock.Snapshot] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT height, digest, state FROM snapshots ORDER BY height DESC").map { row in
        guard let digest = Digest([UInt8](try row.decode(Data.self, forColumn: "digest"))) else {
          throw StorageError.damaged("a snapshot's digest has another length")
        }
        return .init(
          height: try counted(row.decode(Int.self, forColumn: "height")), digest: digest,
          state: [UInt8](try row.decode(Data.self, forColumn: "state")))
      }
    }
  }

  /// Index of the line of block `height`; the genesis for 0.
  public func lineIndex(height: Int) throws(StorageError) -> Int? {
    guard height > 0 else { return 0 }
    return try read { db in
      try Int.fetchOne(db, sql: "SELECT idx FROM blocks WHERE height = ?", arguments: [height]).map(counted)
    }
  }

  /// Height and line index of the last block; zeros before the first.
  public func lastBlock() throws(StorageError) -> (height: Int, lineIndex: Int) {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT height, idx FROM blocks ORDER BY height DESC LIMIT 1")
      return try row.map {
        (try counted($0.decode(Int.self, forColumn: "height")), try counted($0.decode(Int.self, forColumn: "idx")))
      } ?? (0, 0)
    }
  }

  /// `number`, where a height or an index can be as large: then whoever reads it can add to it.
  func counted(_ number: Int) throws(StorageError) -> Int {
    guard (0...JSONValue.largestInteger).contains(number) else {
      throw .damaged("\(directory): a row has \(number) for a height or an index")
    }
    return number
  }
}

extension LogStore {
  /// Leaf 0.
  public func genesis() throws(StorageError) -> [UInt8] {
    guard let genesis = try leaves(0..<1).first else { throw .damaged("\(directory): the log has no genesis") }
    return genesis
  }

  /// The checkpoint of the last block; where several validators decide, of the last that a quorum has cosigned.
  public func checkpoint() throws(StorageError) -> [UInt8]? {
    try read { try Self.newestCheckpoint($0).map { [UInt8]($0) } }
  }

  static func newestCheckpoint(_ db: Database) throws -> Data? {
    try Data.fetchOne(
      db, sql: "SELECT checkpoint FROM blocks WHERE length(checkpoint) > 0 ORDER BY height DESC LIMIT 1")
  }

  /// The leaves of `range`.
  public func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] {
    let leaves = try read { db in
      var leaves: [[UInt8]] = []
      leaves.reserveCapacity(range.count)
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: "SELECT line FROM leaves WHERE idx >= ? AND idx < ? ORDER BY idx"),
        arguments: [range.lowerBound, range.upperBound])
      while let row = try rows.next() {
        try leaves.append(row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } ?? [] })
      }
      return leaves
    }
    guard leaves.count == range.count else {
      throw .damaged("\(directory): of entries \(range.lowerBound) to \(range.upperBound - 1) some are missing")
    }
    return leaves
  }

  /// The first `width` hashes of a tile: stored if it is full, computed from what lies below if it is not.
  public func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    let stored = try read { db in
      try Data.fetchOne(
        db.cachedStatement(sql: "SELECT hashes FROM tiles WHERE level = ? AND idx = ?"), arguments: [level, index])
    }
    if let stored {
      guard stored.count == TilePath.fullWidth * Digest.length else {
        throw .damaged("\(directory): tile \(TilePath(.hashes(level: level), index: index)) has another length")
      }
      let bytes = [UInt8](stored)
      return (0..<width).map { Digest(bytes[($0 * Digest.length)..<(($0 + 1) * Digest.length)])! }
    }
    let first = index * TilePath.fullWidth
    if level == 0 { return try leaves(first..<(first + width)).map(MerkleHash.leaf) }
    var hashes: [Digest] = []
    for below in first..<(first + width) {
      hashes.append(TileReader.root(try self.hashes(level: level - 1, index: below, width: TilePath.fullWidth)[...]))
    }
    return hashes
  }

  /// Entries behind the newest checkpoint's last block and those that are decided, which a rewound checkpoint leaves; all read at one moment, since a node may
  /// be writing.
  public func strangers(size: Int) throws(StorageError) -> [String] {
    try read { db in
      let last = try Int.fetchOne(db, sql: "SELECT max(idx) FROM leaves") ?? 0
      let final = try Self.newestCheckpoint(db).map { try CosignedCheckpoint([UInt8]($0)).checkpoint.size } ?? 1
      let end = max(final, try Self.decidedSize(db))
      return end > last ? [] : ["entries \(end) to \(last)"]
    }
  }

  /// How many leaves the blocks have that several validators have decided; the last may not be final yet.
  private static func decidedSize(_ db: Database) throws -> Int {
    guard try db.tableExists("decisions") else { return 0 }
    return try Int.fetchOne(db, sql: "SELECT idx + 1 FROM blocks JOIN decisions USING (height)") ?? 0
  }
}
