import Audit
import Cryptography
import Foundation
import GRDB
import Log
import Storage
import Village

/// One change to something stored, as the bytes of an input say it: where, how, and what is put there.
struct Damage {
  /// What is changed: a file, or a table.
  let place: Int
  /// Which row of a table.
  let row: Int
  /// Which column of a row.
  let column: Int
  /// How it is changed.
  let manner: Int
  /// Where in the bytes that are there.
  let offset: Int
  /// What comes there.
  let bytes: [UInt8]

  /// The changes that `input` asks for: each seven bytes, the last the number of those that follow.
  static func all(_ input: [UInt8]) -> [Damage] {
    var (rest, found) = (input[...], [Damage]())
    while rest.count >= 7 {
      let head = rest.prefix(7).map(Int.init)
      rest.removeFirst(7)
      let bytes = Array(rest.prefix(head[6]))
      rest.removeFirst(bytes.count)
      found.append(
        Damage(
          place: head[0], row: head[1], column: head[2], manner: head[3], offset: head[4] << 8 | head[5], bytes: bytes))
    }
    return found
  }

  /// `whole` with as many bytes replaced as this has; what goes beyond the end makes it longer, nothing cuts it off.
  func splice(into whole: [UInt8]) -> [UInt8] {
    let start = min(offset, whole.count)
    guard !bytes.isEmpty else { return Array(whole[..<start]) }
    return Array(whole[..<start]) + bytes + whole[min(start + bytes.count, whole.count)...]
  }
}

extension FuzzTarget {
  /// All that is ever read of a log, whoever gives it.
  func read(_ source: any LogSource) {
    let report = Auditor(source).verify()
    precondition(report.findings.allSatisfy { !$0.code.isEmpty && !$0.sentence.isEmpty }, "a finding says nothing")
    for index in [0, 1, report.size - 1] { answer { _ = try source.proof(of: index) } }
    for old in [0, 1, report.size] { answer { _ = try source.consistency(from: old) } }
    answer { _ = try source.strangers(size: report.size) }
  }

  /// A published log, of which a stranger changed files.
  func published(_ bytes: [UInt8]) {
    var files = Fixture.files
    for damage in Damage.all(bytes) {
      let place = damage.place % files.count
      files[place] = damage.splice(into: files[place])
    }
    read(GivenFiles(files))
  }

  /// A data directory, of which a stranger changed rows.
  func rows(_ bytes: [UInt8]) throws {
    let directory = try Scratch()
    try directory.write(Fixture.rows, "data/log.sqlite")
    let queue = try DatabaseQueue(path: directory("data/log.sqlite"))
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
      for damage in Damage.all(bytes) { try Self.change(damage, db) }
    }
    try queue.close()
    let store = try LogStore.read(directory("data"))
    defer { try? store.close() }
    read(store)
    answer { _ = try store.snapshots() }
    answer { _ = try store.lastBlock() }
    answer { _ = try store.lineIndex(height: 1) }
    answer { _ = try store.index(of: Village.key("operator").publicKey.id, sequence: 1) }
    answer { _ = try store.index(of: Village.key("operator").publicKey.id, sequence: .max) }
    answer { _ = try store.decision() }
    answer { _ = try store.records(height: 1) }
    answer { _ = try store.vouches() }
    answer { _ = try RepairPlan(store, from: GivenFiles(Fixture.files), genesis: Fixture.log.genesis) }
  }

  private static func change(_ damage: Damage, _ db: Database) throws {
    let tables = Fixture.tables
    let table = tables[damage.place % tables.count]
    let columns = try db.columns(in: table).map(\.name)
    let column = columns[damage.column % columns.count]
    let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
    guard count > 0 else { return }
    let text = String(decoding: damage.bytes, as: UTF8.self)
    let which = "rowid = (SELECT rowid FROM \(table) ORDER BY rowid LIMIT 1 OFFSET \(damage.row % count))"
    let value: DatabaseValue
    switch damage.manner % 7 {
    case 0:
      let stored = try Data.fetchOne(db, sql: "SELECT CAST(\(column) AS BLOB) FROM \(table) WHERE \(which)") ?? Data()
      value = Data(damage.splice(into: [UInt8](stored))).databaseValue
    case 1: value = Data(damage.bytes).databaseValue
    case 2: value = text.databaseValue
    case 3: value = (Int64(text) ?? Int64(damage.offset)).databaseValue
    case 4: value = (Double(text) ?? Double(damage.offset)).databaseValue
    case 5: value = .null
    default:
      return try db.execute(sql: "DELETE FROM \(table) WHERE \(which)")
    }
    try db.execute(sql: "UPDATE \(table) SET \(column) = ? WHERE \(which)", arguments: [value])
  }
}

/// The files of a log, given by whoever it is: genesis, checkpoint, entries, hashes.
struct GivenFiles: TiledSource {
  let place = "given"
  let size: Int
  private let files: [[UInt8]]

  init(_ files: [[UInt8]]) {
    self.files = files
    size = (try? CosignedCheckpoint(files[1]).checkpoint.size) ?? 0
  }

  var opening: [UInt8] { files[1] }

  func file(_ name: String, limit: Int) throws(StorageError) -> [UInt8]? {
    let file =
      switch name {
      case TileFile.genesis: files[0]
      case let name where name.hasPrefix("tile/entries/"): files[2]
      default: files[3]
      }
    guard file.count <= limit else { throw .damaged("\(name) has more than \(limit) bytes") }
    return file
  }

  func strangers(size: Int) throws(StorageError) -> [String] { [] }
}

extension Fixture {
  /// A log of twenty leaves and a state.
  static let log = made { try VillageLog(participants: 14, stateInterval: 16) }

  /// Its files: genesis, checkpoint, entries, hashes.
  static let files = [
    log.genesis.bytes, log.blocks.last?.checkpoint ?? [], EntryBundle.encode(log.leaves),
    log.leaves.flatMap { MerkleHash.leaf($0).bytes },
  ]

  /// The tables of a validator's store.
  static let tables = [
    "leaves", "blocks", "snapshots", "tiles", "submissions", "authors", "decisions", "records", "vouchers",
  ]

  /// The file of its data directory, whose tables take whatever a file may hold.
  static let rows = made {
    let directory = try Scratch()
    let store = try LogStore.create(directory("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    try store.prepareForVotes()
    try store.write([.record([1, 2, 3], height: log.blocks.count + 1), .vouch])
    try store.close()
    let queue = try DatabaseQueue(path: directory("data/log.sqlite"))
    try queue.inDatabase { db in
      try db.execute(
        sql: "INSERT INTO decisions VALUES (0, ?, x'010203', x'')", arguments: [log.blocks.count])
      try db.execute(sql: "INSERT INTO tiles VALUES (7, 7, x'00')")
      for table in tables {
        try db.execute(
          sql: "CREATE TABLE loose AS SELECT * FROM \(table); DROP TABLE \(table); ALTER TABLE loose RENAME TO \(table)"
        )
      }
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
      try db.execute(sql: "VACUUM")
    }
    try queue.close()
    return try directory.read("data/log.sqlite")
  }
}
