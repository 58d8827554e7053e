import Community
import Cryptography
import Foundation
import Log
import Storage

/// Opening the log of one of several validators, whatever has become of it: what others have too is no loss.
public struct ValidatorOpening {
  private let directory: String
  private let genesis: Genesis
  private let peers: [String]
  private let tell: @Sendable (NodeEvent) -> Void

  /// The log of `genesis` in `directory`, which validators publish at `peers` too.
  public init(
    _ directory: String, genesis: Genesis, peers: [String], tell: @escaping @Sendable (NodeEvent) -> Void
  ) { (self.directory, self.genesis, self.peers, self.tell) = (directory, genesis, peers, tell) }

  /// Opens the log for writing; makes one where there is none.
  ///
  /// A log whose bytes do not hash to its cosigned root is repaired from a peer; one that cannot be repaired is set aside
  /// for people to look at, and a new one is begun, which is caught up afterwards.
  public func open() throws(NodeError) -> LogStore {
    guard LogStore.exists(directory) else { return try begin() }
    let store: LogStore
    do {
      store = try LogStore.open(directory)
    } catch {
      guard case .damaged = error else { throw .storage(error) }
      return try setAside(error.sentence)
    }
    guard let damage = damage(store) else { return store }
    tell(NodeEvent("damaged", isWarning: true, ("sentence", damage)))
    if repair(store) { return store }
    try asNode { () throws(StorageError) in try store.close() }
    return try setAside(damage)
  }

  /// Takes over from the peers what `store` lacks; answers the ledger at the end of what they publish.
  public func catchUp(_ store: LogStore) throws(NodeError) -> Ledger {
    var ledger = try Replay.newest(store)
    try asNode { () throws(StorageError) in try store.prepareForVotes() }
    return try CatchUp(store: store, peers: peers, tell: tell).run(&ledger) ?? ledger
  }

  private func begin() throws(NodeError) -> LogStore {
    tell(NodeEvent("begins", isWarning: true, ("sentence", "there is no log in \(directory); the others have it")))
    return try asNode { () throws(StorageError) in try LogStore.create(directory, genesis: genesis) }
  }

  private func setAside(_ why: String) throws(NodeError) -> LogStore {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let aside = (1...).lazy.map { "damaged-\($0)" }.first { !names.contains($0) }!
    do {
      try FileManager.default.createDirectory(atPath: "\(directory)/\(aside)", withIntermediateDirectories: true)
      for name in names where name.hasPrefix("log.sqlite") {
        try FileManager.default.moveItem(atPath: "\(directory)/\(name)", toPath: "\(directory)/\(aside)/\(name)")
      }
    } catch {
      throw .storage(.failed("\(directory): \(error.localizedDescription)"))
    }
    tell(NodeEvent("set-aside", isWarning: true, ("to", "\(directory)/\(aside)"), ("sentence", why)))
    return try begin()
  }

  /// What of the store is not what those who decide by the log itself have cosigned, or cannot be read; nil where it is whole.
  private func damage(_ store: LogStore) -> String? {
    do {
      guard try store.genesis() == genesis.bytes else { return "leaf 0 is not the genesis document" }
      guard try store.checkpoint() != nil else { return nil }
      let cosigned = try store.publishedCheckpoint()
      guard cosigned.checkpoint.size > 1 else { return "the checkpoint is of no block" }
      var (succession, wrong) = (Succession(genesis), nil as String?)
      var leaves = ReadAhead(store, 1..<cosigned.checkpoint.size) { Succession.Leaf($1) }
      while let (_, read) = try leaves.next() {
        for leaf in read {
          var full: [TreeTiles.FullTile] = []
          do {
            try succession.append(leaf) { full.append($0) }
          } catch {
            return "entry \(succession.size): \(error)"
          }
          if let tile = try full.first(where: { try !isStored($0, store) }), wrong == nil {
            wrong = "\(TilePath(.hashes(level: tile.level), index: tile.index)) and the entries do not hash alike"
          }
        }
      }
      try succession.require(cosigned)
      return wrong
    } catch {
      return "\(error)"
    }
  }

  private func isStored(_ tile: TreeTiles.FullTile, _ store: LogStore) throws(StorageError) -> Bool {
    try store.hashes(level: tile.level, index: tile.index, width: TilePath.fullWidth) == tile.hashes
  }

  /// Puts right what a peer has right; answers whether all of it is.
  private func repair(_ store: LogStore) -> Bool {
    for peer in peers {
      do {
        try store.prepareForVotes()
        let before = try store.lastBlock().lineIndex
        let plan = try RepairPlan(store, from: try OpenSource.open(peer), genesis: genesis)
        try store.apply(plan)
        for (index, _) in plan.leaves.sorted(by: { $0.key < $1.key }) {
          tell(NodeEvent("repaired", isWarning: true, ("entry", "\(index)"), ("peer", peer)))
        }
        for path in plan.tiles.keys.map(\.description).sorted() {
          tell(NodeEvent("repaired", isWarning: true, ("tile", path), ("peer", peer)))
        }
        // Blocks behind the last cosigned one are gone, and with them what this validator has said there.
        if plan.size <= before { try store.disown() }
        if damage(store) == nil { return true }
      } catch {
        tell(NodeEvent("peer-unusable", isWarning: true, ("peer", peer), ("sentence", "\(error)")))
      }
    }
    return false
  }
}
