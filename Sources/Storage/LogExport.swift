import Cryptography
import Foundation
import Log

/// Writes a log as a directory of tiles that any web server can publish.
public enum LogExport {
  /// Writes the log of `source` to `directory`, or brings an earlier export of the same log up to date.
  ///
  /// Full tiles never change; partial tiles of an earlier size go. Each file is written whole under another
  /// name first, and the checkpoint last, so that a reader beside never sees a checkpoint whose tiles are not there; while
  /// tiles are written, `checkpoint.next` says for which tree.
  /// An older checkpoint than the one in `directory`, or one of another tree, is a conflict: nothing is written.
  ///
  /// - Parameter keepingEarlier: whether partial tiles of an earlier size stay until their full tile is there, for readers
  ///   of an earlier checkpoint.
  /// - Returns: how many leaves the exported tree has.
  public static func write(
    _ source: some LogSource, to directory: String, keepingEarlier: Bool = false,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(StorageError) -> Int {
    let genesis = try source.genesis()
    let checkpoint = try source.publishedCheckpoint()
    let earlier = try earlier(directory, genesis)
    if let earlier { try requireExtension(of: earlier.checkpoint, by: checkpoint.checkpoint, source) }
    let size = checkpoint.checkpoint.size
    if earlier == checkpoint, keepingEarlier { return size }
    // The size is only a claim until the last entry is read: nothing is planned by it before.
    guard size > 0, try source.leaves((size - 1)..<size).count == 1 else { throw .damaged("the log has no entries") }
    try DurableFile.write(genesis, to: "\(directory)/\(TileFile.genesis)")
    try DurableFile.write(checkpoint.bytes, to: "\(directory)/\(TileFile.nextCheckpoint)")
    let bundles = size / TilePath.fullWidth
    for path in TilePath.all(size: size) {
      if path.content == .entries { progress(path.index, bundles) }
      let file = "\(directory)/\(path)"
      if path.width == TilePath.fullWidth, path.isPart(of: earlier?.checkpoint.size ?? 0),
        FileManager.default.fileExists(atPath: file)
      {
        continue
      }
      try DurableFile.write(try bytes(of: path, in: source), to: file)
    }
    try DurableFile.write(checkpoint.bytes, to: "\(directory)/\(TileFile.checkpoint)")
    try LogStore.attempt(directory) {
      try FileManager.default.removeItem(atPath: "\(directory)/\(TileFile.nextCheckpoint)")
    }
    try removeSuperseded(directory, size: size, keepingEarlier)
    return size
  }

  /// The checkpoint of the export in `directory`; nil where there is nothing yet.
  private static func earlier(_ directory: String, _ genesis: [UInt8]) throws(StorageError) -> CosignedCheckpoint? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    guard !names.isEmpty else { return nil }
    let path = "\(directory)/\(TileFile.genesis)"
    guard FileManager.default.contents(atPath: path).map({ [UInt8]($0) }) == genesis else {
      throw .exists("\(directory) is not empty and holds no export of this log")
    }
    return TileDirectory.exists(directory) ? try? TileDirectory(directory).publishedCheckpoint() : nil
  }

  /// Refuses a source whose tree does not begin with the tree of `old`.
  private static func requireExtension(
    of old: Checkpoint, by new: Checkpoint, _ source: some LogSource
  ) throws(StorageError) {
    guard old.origin == new.origin, old.size <= new.size else {
      throw .conflict(
        "the source has \(new.size) leaves of \(new.origin), the directory \(old.size) leaves of \(old.origin)")
    }
    for tree in [old, new] where try source.root(size: tree.size) != tree.root {
      throw .conflict(
        "the source's tree of \(tree.size) leaves has another root than the checkpoint of \(old.origin) says")
    }
  }

  private static func bytes(of path: TilePath, in source: some LogSource) throws(StorageError) -> [UInt8] {
    switch path.content {
    case .entries:
      let first = path.index * TilePath.fullWidth
      return EntryBundle.encode(try source.leaves(first..<(first + path.width)))
    case .hashes(let level):
      return try source.hashes(level: level, index: path.index, width: path.width).flatMap(\.bytes)
    }
  }

  /// Removes partial tiles that the tree has grown beyond, where `keepingEarlier` only those whose full tile is there: a
  /// reader of an earlier checkpoint takes the full one.
  private static func removeSuperseded(
    _ directory: String, size: Int, _ keepingEarlier: Bool
  ) throws(StorageError) {
    for name in try TileDirectory(directory).names() {
      guard let tile = TilePath(name), let grown = tile.grown(in: size) else { continue }
      if keepingEarlier, grown.width < TilePath.fullWidth { continue }
      try LogStore.attempt(directory) { try FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
    }
  }
}

extension LogSource {
  /// The root of the tree of the first `size` leaves, from the tiles.
  public func root(size: Int) throws(StorageError) -> Digest {
    try MerkleProof.root(count: size) { (level, index) throws(StorageError) in
      try TileReader.subtree(level: level, index: index) { (level, index, width) throws(StorageError) in
        try hashes(level: level, index: index, width: width)
      }
    }
  }
}
