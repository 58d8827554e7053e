import Community
import Cryptography
import Log
import Quantities
import Replica

/// An honest validator's machine: its disk survives, the rest does not.
struct Machine {
  var replica: Replica?
  var disk: SimulatedDisk
  /// Inputs that wait while the disk syncs.
  var inbox: [Replica.Input] = []
  /// Effects that wait for the write before them.
  var work: [Replica.Effect] = []
  var isSyncing = false
  /// Counts starts, so that what a crashed process awaited reaches nobody.
  var life = 0
  /// The size of the tree up to which it has given receipts.
  var published = 1
  /// Whether the disk may lack what the validator has said.
  var mayHaveForgotten = false
  /// How far its clock is off, in milliseconds.
  let skew: Int

  /// Starts the process on what the disk has.
  mutating func start(
    _ genesis: Genesis, _ keys: ValidatorKeys, watching: Bool, now: Instant, isSigned: @escaping Replica.Verify
  ) throws {
    var ledger = Ledger(genesis)
    for block in disk.blocks {
      guard case .decided(let proposed, _) = try Packet(block.proof.bytes) else { continue }
      let line = try BlockLine(proposed.line)
      try ledger.follow(LogBlock(first: ledger.size, entries: proposed.entries, line: proposed.line, block: line))
    }
    let last = disk.blocks.last
    let started = try Replica(
      ledger: ledger, keys: keys, precommits: last?.precommits ?? [],
      checkpoint: last.flatMap { try? CosignedCheckpoint($0.checkpoint) },
      records: disk.records.filter { $0.height == ledger.height + 1 }.map { try Packet($0.packet.bytes) },
      watchesSince: mayHaveForgotten && watching ? now : nil, now: now, isSigned: isSigned)
    replica = started
    (inbox, work, isSyncing, life) = ([], started.startupEffects, false, life + 1)
  }

  mutating func crash(keeping kept: Int) {
    disk.crash(keeping: kept)
    (replica, inbox, work, isSyncing) = (nil, [], [], false)
    life += 1
  }
}
