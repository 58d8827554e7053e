import Cryptography
import Foundation
import Log

/// Writes a log as a directory of tiles that any web server can publish.
public enum LogExport {
  /// Writes the log of `source` to `directory`, or brings an earlier export of the same log up to date.
  ///
  /// Full tiles never change; the partial tiles of an earlier size go. The checkpoint is written last, so that a reader
  /// never sees a checkpoint whose tiles are not there.
  ///
  /// - Returns: how many leaves the exported tree has.
  public static func write(
    _ source: some LogSource, to directory: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(StorageError) -> Int {
    let genesis = try source.genesis()
    try requireSameLog(directory, genesis)
    let checkpoint = try source.publishedCheckpoint()
    let size = checkpoint.checkpoint.size
    // The size is only a claim until the last entry is read: nothing is planned by it before.
    guard size > 0, try source.leaves((size - 1)..<size).count == 1 else { throw .damaged("the log has no entries") }
    try requireGrowth(of: directory, to: checkpoint.checkpoint, source)
    try write(genesis, directory, TileDirectory.genesisName)
    let bundles = size / TilePath.fullWidth
    for path in TilePath.all(size: size) {
      if path.content == .entries { progress(path.index, bundles) }
      let name = path.description
      if path.width == TilePath.fullWidth, FileManager.default.fileExists(atPath: "\(directory)/\(name)") { continue }
      try write(try bytes(of: path, in: source), directory, name)
    }
    try write(checkpoint.bytes, directory, TileDirectory.checkpointName)
    for stranger in try TileDirectory(directory).strangers(size: size) where stranger.contains(".p/") {
      try LogStore.attempt(directory) { try FileManager.default.removeItem(atPath: "\(directory)/\(stranger)") }
    }
    return size
  }

  private static func requireSameLog(_ directory: String, _ genesis: [UInt8]) throws(StorageError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    guard !names.isEmpty else { return }
    let path = directory + "/" + TileDirectory.genesisName
    guard FileManager.default.contents(atPath: path).map({ [UInt8]($0) }) == genesis else {
      throw .exists("\(directory) is not empty and holds no export of this log")
    }
  }

  /// Refuses to replace a published checkpoint by one that does not continue it.
  private static func requireGrowth(
    of directory: String, to new: Checkpoint, _ source: some LogSource
  ) throws(StorageError) {
    guard TileDirectory.exists(directory) else { return }
    let old = try TileDirectory(directory).publishedCheckpoint().checkpoint
    guard old.size <= new.size else {
      throw .conflict("\(directory) has \(old.size) leaves already, and the log to export has \(new.size)")
    }
    let tree = try TreeTiles(size: old.size) { (level, index, width) throws(StorageError) in
      try source.hashes(level: level, index: index, width: width)
    }
    guard tree.root == old.root else {
      throw .conflict("the first \(old.size) leaves of the log to export are not those in \(directory)")
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

  /// Writes a file under another name and renames it, so that it is there whole or not at all.
  private static func write(_ bytes: [UInt8], _ directory: String, _ name: String) throws(StorageError) {
    let path = "\(directory)/\(name)"
    try LogStore.attempt(path) {
      let parent = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
  }
}
