import Foundation
import GRDB
import Log
import Storage
import Testing
import Village

@Suite("A data directory") struct LogStoreTests {
  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return (error as? StorageError)?.code }
  }

  @Test func `is there or is not`() throws {
    let scratch = try Scratch()
    #expect(code { _ = try LogStore.open(scratch("nowhere")) } == "no_log")
    #expect(code { _ = try LogStore.read(scratch("nowhere")) } == "no_log")
    #expect(code { _ = try OpenSource.open(scratch("nowhere")) } == "no_log")
    #expect(code { _ = try OpenSource.open(scratch.path) } == "no_log")
    let log = try VillageLog()
    _ = try LogStore.create(scratch("data"), genesis: log.genesis)
    #expect(code { _ = try LogStore.create(scratch("data"), genesis: log.genesis) } == "log_exists")
  }

  @Test func `has one writer and many readers`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 3))
    do {
      let store = try LogStore.create(scratch("data"), genesis: log.genesis)
      #expect(code { _ = try LogStore.open(scratch("data")) } == "log_locked")
      let reader = try LogStore.read(scratch("data"))
      #expect(try reader.checkpoint() == nil)
      try store.commit(log.blocks[0])
      #expect(try reader.checkpoint() == log.blocks[0].checkpoint)
      #expect(try reader.strangers(size: 1) == [])
    }
    // The lock goes with its owner.
    let store = try LogStore.open(scratch("data"))
    #expect(try store.leaves(0..<log.leaves.count) == log.leaves)
  }

  @Test func `finishes a creation that was cut off, or starts it again`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 3))
    try scratch.write(Array("half a database".utf8), "data/log.sqlite.new")
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    try store.commit(log.blocks[0])
    #expect(try store.leaves(0..<1) == [log.genesis.bytes])
  }

  @Test func `takes a block whole or not at all`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 6))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    try store.commit(log.blocks[0])
    // A block whose last row collides: all rows before it must go again.
    let (first, second) = (log.blocks[0], log.blocks[1])
    let colliding = SealedBlock(
      height: first.height, first: second.first, entries: second.entries, line: second.line, tiles: second.tiles,
      checkpoint: second.checkpoint, snapshot: nil)
    #expect(code { try store.commit(colliding) } == "storage_failed")
    #expect(code { _ = try store.leaves(second.first..<second.first + 1) } == "log_damaged")
    for entry in second.entries {
      #expect(try store.index(of: entry.author, sequence: entry.sequence) == nil)
    }
    #expect(try store.lastBlock() == (1, first.lineIndex))
    try store.commit(second)
    #expect(try store.leaves(0..<log.leaves.count) == log.leaves)
    #expect(try store.strangers(size: 0) == [])
  }

  @Test func `knows where an author's entry stands`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 6))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    for block in log.blocks {
      for (offset, entry) in block.entries.enumerated() {
        #expect(try store.index(of: entry.author, sequence: entry.sequence) == block.first + offset)
      }
    }
    #expect(try store.index(of: Village.key("anna").publicKey.id, sequence: 1) == nil)
    #expect(try store.index(of: Village.key("operator").publicKey.id, sequence: 7) == nil)
  }

  @Test func `keeps the two newest snapshots`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 60))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    let due = log.blocks.compactMap(\.snapshot).suffix(2).reversed()
    #expect(try store.snapshots().map(\.height) == due.map(\.height))
    #expect(try store.snapshots().map(\.state) == due.map(\.state))
  }

  /// A finished data directory's database file.
  private func database(_ scratch: Scratch) throws -> [UInt8] {
    let log = try VillageLog(participants: 100)
    func make() throws {
      // Closed, and its write-ahead log with it, when the store goes.
      let store = try LogStore.create(scratch("made"), genesis: log.genesis)
      for block in log.blocks { try store.commit(block) }
    }
    try make()
    return try scratch.read("made/log.sqlite")
  }

  @Test func `is refused where it is no database, another's, cut off or of another format`() throws {
    let scratch = try Scratch()
    let bytes = try database(scratch)
    var format = bytes
    format[63] = 99  // user_version, SQLite file format §1.3.16
    var foreign = bytes
    foreign[71] ^= 1  // application_id, §1.3.17
    for (name, damaged, expected) in [
      ("empty", [], ["no_log"]), ("text", Array("this is no database, it is a text\n".utf8), ["log_damaged"]),
      ("foreign", foreign, ["no_log"]), ("format", format, ["log_damaged"]),
      ("half", Array(bytes.prefix(bytes.count / 2)), ["log_damaged"]),
      ("header", Array(bytes.prefix(100)), ["log_damaged", "no_log"]),
      ("page", Array(bytes.prefix(4096)), ["log_damaged", "no_log"]),
    ] as [(String, [UInt8], [String])] {
      try scratch.write(damaged, "\(name)/log.sqlite")
      for writes in [false, true] {
        let found = code {
          let store = writes ? try LogStore.open(scratch(name)) : try LogStore.read(scratch(name))
          _ = try store.publishedCheckpoint()
          _ = try store.leaves(0..<134)
        }
        #expect(expected.contains(found ?? "accepted"), "\(name): \(found ?? "accepted")")
      }
    }
  }

  /// As a flipped bit in a row's header makes it, or somebody's hand.
  @Test(arguments: [
    "UPDATE blocks SET idx = 'abc' WHERE height = (SELECT max(height) FROM blocks)", "UPDATE snapshots SET digest = 7",
    "UPDATE snapshots SET state = 1.5", "UPDATE decisions SET votes = 1",
    "UPDATE snapshots SET height = 9223372036854775807 WHERE height = (SELECT max(height) FROM snapshots)",
    "UPDATE blocks SET idx = -1 WHERE height = 1", "UPDATE submissions SET idx = 9223372036854775807",
  ])
  func `tells that a row holds another kind of value`(_ change: String) throws {
    let (log, scratch) = (try VillageLog(participants: 40), try Scratch())
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    try store.prepareForVotes()
    try store.close()
    let queue = try DatabaseQueue(path: scratch("data/log.sqlite"))
    try queue.inDatabase { db in
      try db.execute(sql: "INSERT INTO decisions VALUES (0, \(log.blocks.count), x'01', x'02')")
      try db.execute(sql: change)
    }
    try queue.close()
    let damaged = try LogStore.read(scratch("data"))
    let codes = [
      code { _ = try damaged.lastBlock() }, code { _ = try damaged.snapshots() }, code { _ = try damaged.decision() },
      code { _ = try damaged.lineIndex(height: 1) },
      code { _ = try damaged.index(of: Village.key("operator").publicKey.id, sequence: 1) },
    ]
    #expect(codes.contains("log_damaged"))
  }

  @Test func `looks for a submission in the portions that there are`() throws {
    let (log, scratch) = (try VillageLog(participants: 3), try Scratch())
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    try store.close()
    let queue = try DatabaseQueue(path: scratch("data/log.sqlite"))
    try queue.inDatabase { db in
      try db.execute(sql: "UPDATE submissions SET portion = 9223372036854775807 - 16384 * seq")
    }
    try queue.close()
    let found = try LogStore.read(scratch("data"))
    let author = try Village.key("operator").publicKey.id
    #expect(try found.index(of: author, sequence: 3) == 3)
    #expect(try found.index(of: author, sequence: 4) == nil)
  }
}
