import Foundation
import Log

/// Takes over a log from elsewhere: an export, a published log, another data directory.
public enum LogImport {
  /// Leaves read at once.
  private static let chunk = 4 * TilePath.fullWidth

  /// Makes the log of `source` in `directory`, which must be empty or not be there.
  ///
  /// The log is written beside `directory` first. `verify` looks at what was written, not at the source, which might
  /// answer otherwise the next time; only what it accepts becomes a log. The checkpoints of earlier blocks are not part
  /// of a published log, so the imported one has the newest alone.
  ///
  /// - Returns: how many leaves it has.
  public static func write<Failure: Error>(
    _ source: some LogSource, to directory: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    verify: (LogStore) throws(Failure) -> Void
  ) throws -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    guard names.isEmpty else { throw StorageError.exists("\(directory) is not empty") }
    let unfinished = directory + ".importing"
    try? FileManager.default.removeItem(atPath: unfinished)
    do {
      let size = try copy(source, to: unfinished, progress, verify)
      try DurableFile.place(unfinished, at: directory)
      return size
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
  }

  private static func copy<Failure: Error>(
    _ source: some LogSource, to directory: String, _ progress: (Int, Int) -> Void,
    _ verify: (LogStore) throws(Failure) -> Void
  ) throws -> Int {
    let store = try LogStore.create(directory, genesis: Genesis(source.genesis()))
    let checkpoint = try source.publishedCheckpoint()
    let size = checkpoint.checkpoint.size
    var blocks = StoredBlocks(genesis: try source.genesis(), checkpoint: checkpoint)
    for first in stride(from: 1, to: size, by: chunk) {
      progress(first, size)
      let range = first..<min(first + chunk, size)
      try store.commit(try source.leaves(range).compactMap { try blocks.append($0) })
    }
    progress(size, size)
    try verify(store)
    try store.close()
    return size
  }
}

/// Leaves of a log, made into blocks as a store keeps them.
private struct StoredBlocks {
  private var blocks = LogBlocks()
  private var tree = TreeTiles()
  private var full: [TreeTiles.FullTile] = []
  private let checkpoint: CosignedCheckpoint

  init(genesis: [UInt8], checkpoint: CosignedCheckpoint) {
    self.checkpoint = checkpoint
    tree.append(MerkleHash.leaf(genesis)) { _ in }
  }

  mutating func append(_ leaf: [UInt8]) throws(LogError) -> SealedBlock? {
    tree.append(MerkleHash.leaf(leaf)) { full.append($0) }
    guard let block = try blocks.append(leaf) else { return nil }
    defer { full = [] }
    var entries: [SealedBlock.SealedEntry] = []
    for line in block.entries {
      let entry = try Entry(line)
      entries.append(.init(line: line.bytes, author: entry.author, sequence: entry.sequence))
    }
    return SealedBlock(
      height: block.block.height, first: block.first, entries: entries, line: block.line.bytes, tiles: full,
      checkpoint: block.size == checkpoint.checkpoint.size ? checkpoint.bytes : [], snapshot: nil)
  }
}
