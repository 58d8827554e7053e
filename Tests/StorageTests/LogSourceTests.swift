import Cryptography
import Log
import Storage
import Testing
import Village

/// What holds a log: each must pass all that follows.
enum Kind: CaseIterable {
  case dataDirectory, exportedTiles, exportOfAnExport

  func make(_ log: VillageLog, in scratch: Scratch) throws -> any LogSource {
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    guard self != .dataDirectory else { return store }
    _ = try LogExport.write(store, to: scratch("tiles"))
    guard self == .exportOfAnExport else { return try TileDirectory(scratch("tiles")) }
    _ = try LogExport.write(TileDirectory(scratch("tiles")), to: scratch("again"))
    return try TileDirectory(scratch("again"))
  }
}

@Suite("A source of a log") struct LogSourceTests {
  static let log = Result { try VillageLog(participants: 400) }

  @Test(arguments: Kind.allCases)
  func `gives the bytes that were put in`(kind: Kind) throws {
    let (log, scratch) = (try Self.log.get(), try Scratch())
    let source = try kind.make(log, in: scratch)
    let leaves = log.leaves
    #expect(try source.genesis() == log.genesis.bytes)
    #expect(try source.checkpoint() == log.blocks.last!.checkpoint)
    #expect(try source.leaves(0..<leaves.count) == leaves)
    for range in [0..<1, 255..<256, 256..<257, 254..<300, leaves.count - 1..<leaves.count] {
      #expect(try source.leaves(range) == Array(leaves[range]))
    }
    #expect(try source.strangers(size: leaves.count) == [])
  }

  @Test(arguments: Kind.allCases)
  func `has no leaves but those of its tree`(kind: Kind) throws {
    let (log, scratch) = (try Self.log.get(), try Scratch())
    let source = try kind.make(log, in: scratch)
    for range in [log.leaves.count..<log.leaves.count + 1, 0..<log.leaves.count + 1] {
      #expect(throws: StorageError.self) { try source.leaves(range) }
    }
  }

  @Test(arguments: Kind.allCases)
  func `gives the hashes of every tile`(kind: Kind) throws {
    let (log, scratch) = (try Self.log.get(), try Scratch())
    let source = try kind.make(log, in: scratch)
    let hashes = log.leaves.map(MerkleHash.leaf)
    for (level, row) in [hashes, [TileReader.root(hashes[..<256]), TileReader.root(hashes[256..<512])]].enumerated() {
      for index in 0...(row.count - 1) / 256 {
        let tile = Array(row[(index * 256)..<min(row.count, index * 256 + 256)])
        #expect(try source.hashes(level: level, index: index, width: tile.count) == tile)
        #expect(try source.hashes(level: level, index: index, width: 1) == [tile[0]])
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `proves every entry`(kind: Kind) throws {
    let (log, scratch) = (try Self.log.get(), try Scratch())
    let source = try kind.make(log, in: scratch)
    let leaves = log.leaves
    for index in [0, 1, 2, 255, 256, 300, leaves.count - 1] {
      let proof = try LogProof(source.proof(of: index).bytes)
      try proof.verify(leaves[index], under: TrustPolicy(log.genesis))
      let other = leaves[(index + 1) % leaves.count]
      #expect(throws: LogError.self) {
        try proof.verify(other, under: TrustPolicy(log.genesis))
      }
    }
    for index in [-1, leaves.count] { #expect(throws: StorageError.self) { try source.proof(of: index) } }
  }

  @Test(arguments: [1, 2, 191, 192, 193, 383, 384])
  func `exports every size of tree`(participants: Int) throws {
    let (log, scratch) = (try VillageLog(participants: participants), try Scratch())
    let source = try Kind.exportOfAnExport.make(log, in: scratch)
    #expect(try source.leaves(0..<log.leaves.count) == log.leaves)
    #expect(try source.strangers(size: log.leaves.count) == [])
  }
}

@Suite("An export") struct ExportTests {
  @Test func `grows with its log and leaves nothing behind`() throws {
    let scratch = try Scratch()
    let log = try VillageLog(participants: 300)
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for (number, block) in log.blocks.enumerated() {
      try store.commit(block)
      guard number % 17 == 0 else { continue }
      let size = try LogExport.write(store, to: scratch("tiles"))
      #expect(try TileDirectory(scratch("tiles")).strangers(size: size) == [])
      #expect(try TileDirectory(scratch("tiles")).leaves(0..<size) == Array(log.leaves[..<size]))
    }
  }

  @Test func `never steps back or to another history`() throws {
    let scratch = try Scratch()
    let (log, other) = (try VillageLog(participants: 9), try VillageLog(participants: 12, stateInterval: 16))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    let short = try LogStore.create(scratch("short"), genesis: log.genesis)
    for block in log.blocks {
      try store.commit(block)
      if block.height < 3 { try short.commit(block) }
    }
    _ = try LogExport.write(store, to: scratch("tiles"))
    let back = #expect(throws: StorageError.self) { try LogExport.write(short, to: scratch("tiles")) }
    #expect(back?.code == "checkpoint_conflict")

    var fork = try VillageLog()
    for number in 0..<12 {
      try fork.say("operator", [#"{"type":"participant.joined","participant":"q\#(number)"}"#])
      if number % 3 == 2 { try fork.seal() }
    }
    let forked = try LogStore.create(scratch("fork"), genesis: fork.genesis)
    for block in fork.blocks { try forked.commit(block) }
    let aside = #expect(throws: StorageError.self) { try LogExport.write(forked, to: scratch("tiles")) }
    #expect(aside?.code == "checkpoint_conflict")
    #expect(other.genesis.bytes == log.genesis.bytes)
    #expect(try TileDirectory(scratch("tiles")).leaves(0..<log.leaves.count) == log.leaves)
  }

  @Test func `needs an empty directory or one of its own log`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 3))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    let empty = #expect(throws: StorageError.self) { try LogExport.write(store, to: scratch("tiles")) }
    #expect(empty?.code == "no_log")
    for block in log.blocks { try store.commit(block) }
    try scratch.write([1], "photos/cat")
    let strange = #expect(throws: StorageError.self) { try LogExport.write(store, to: scratch("photos")) }
    #expect(strange?.code == "log_exists")
    #expect(scratch.files.contains("photos/cat") && !scratch.files.contains("photos/checkpoint"))
  }
}
