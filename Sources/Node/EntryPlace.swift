import Community
import Cryptography
import Encoding
import Log
import Quantities
import Storage

/// Where an entry stands in its log: the state that it met and the tree that its block ended with, so that what its author
/// was answered can be computed again.
public struct EntryPlace {
  /// The entry.
  public let entry: Entry
  /// The time of its block.
  public let time: Instant
  /// The state before it.
  public let before: Community
  /// How many leaves the tree has that ends with its block.
  public let size: Int
  /// That tree's root.
  public let root: Digest

  /// The place of the entry that is leaf `index` of `store`; nil where no snapshot lies within `reach` leaves before it.
  public init?(_ store: LogStore, index: Int, reach: Int) throws(NodeError) {
    var ledger = try Replay.newestSnapshot(store, before: index)
    guard index - ledger.size <= reach else { return nil }
    var blocks = LogBlocks(from: ledger.size)
    var found: Community?
    let end = try Replay.end(store)
    var next = ledger.size
    while found == nil, next < end {
      let range = next..<min(next + 1024, end)
      for leaf in try asNode({ () throws(StorageError) in try store.leaves(range) }) {
        defer { next += 1 }
        guard let block = try Replay.read(leaf, next, &blocks) else { continue }
        do {
          try ledger.follow(block) { event, _, context, before in
            if context.index == index, event == 0 { found = before }
          }
        } catch {
          throw .replay(error)
        }
        if found != nil { break }
      }
    }
    guard let found else { throw .storage(.noEntry("leaf \(index) is no entry of a closed block")) }
    do {
      entry = try Entry(asNode { () throws(StorageError) in try store.leaves(index..<(index + 1))[0] })
    } catch let error as LogError {
      throw .refused(.log(error))
    } catch let error as NodeError {
      throw error
    } catch {
      preconditionFailure("reading an entry throws nothing else: \(error)")
    }
    (before, time, size, root) = (found, ledger.time, ledger.size, ledger.tiles.root)
  }
}
