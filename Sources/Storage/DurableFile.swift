import Foundation

/// Files that are there whole or not at all, and on the disk before anybody relies on them.
public enum DurableFile {
  /// How the name of a file ends before it is whole.
  static let unfinished = ".unfinished"

  /// Writes `bytes` to `path`: under another name first, synced, then renamed. Makes the directories that are missing.
  public static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let parent = (path as NSString).deletingLastPathComponent
    let early = "\(path).\(getpid())\(unfinished)"
    try LogStore.attempt(path) {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    }
    let descriptor = open(early, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(early) }
    defer { close(descriptor) }
    do throws(StorageError) {
      try writeAll(bytes, descriptor, early)
      guard fsync(descriptor) == 0, rename(early, path) == 0 else { throw failure(path) }
    } catch {
      unlink(early)
      throw error
    }
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(StorageError) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw failure(path) }
      done += max(0, count)
    }
  }

  /// Brings the names in `directory` to the disk.
  public static func sync(_ directory: String) throws(StorageError) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(directory) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(directory) }
  }

  /// Renames the directory `unfinished`, all of which is on the disk, to `path`, which must be empty or not be there.
  static func place(_ unfinished: String, at path: String) throws(StorageError) {
    try sync(unfinished)
    guard rename(unfinished, path) == 0 else { throw failure(path) }
    let parent = (path as NSString).deletingLastPathComponent
    try sync(parent.isEmpty ? "." : parent)
  }

  private static func failure(_ path: String) -> StorageError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }
}
