import Cryptography
import Log
import Replica

/// A disk that loses what it has not synced: all of it, or the end of it.
struct SimulatedDisk {
  struct Block {
    var proof: Packet
    var checkpoint: [UInt8]

    /// The votes that decided it.
    var precommits: [SignedVote] {
      guard case .decided(_, let votes) = proof else { return [] }
      return votes
    }
  }

  private enum Write {
    case record(Packet, height: Int)
    case block(Block, height: Int)
  }

  private(set) var blocks: [Block] = []
  private(set) var records: [(height: Int, packet: Packet)] = []
  private var unsynced: [Write] = []
  private let keepsVotes: Bool

  init(keepsVotes: Bool) { self.keepsVotes = keepsVotes }

  mutating func persist(_ packet: Packet, height: Int) {
    if keepsVotes { unsynced.append(.record(packet, height: height)) }
  }

  mutating func commit(_ block: SealedBlock, proof: Packet) {
    unsynced.append(.block(Block(proof: proof, checkpoint: block.checkpoint), height: block.height))
  }

  mutating func sync() {
    for write in unsynced { carryOut(write) }
    unsynced = []
  }

  /// The power fails: of the unsynced writes, `kept` may have reached the disk.
  mutating func crash(keeping kept: Int) {
    unsynced.removeLast(max(0, unsynced.count - kept))
    sync()
  }

  /// The disk is set back to a backup of its first `count` blocks; what was said since is forgotten.
  mutating func restore(_ count: Int) {
    blocks.removeLast(blocks.count - count)
    (records, unsynced) = ([], [])
  }

  private mutating func carryOut(_ write: Write) {
    switch write {
    case .record(let packet, let height): records.append((height, packet))
    case .block(let block, let height):
      blocks.append(block)
      records.removeAll { $0.height <= height }
    }
  }
}
