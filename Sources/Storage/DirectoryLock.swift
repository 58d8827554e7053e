import Foundation
import Synchronization

/// The right to write in a data directory: an advisory lock that the operating system takes back when the process ends.
final class DirectoryLock: Sendable {
  private let descriptor: Mutex<Int32>

  init(_ directory: String) throws(StorageError) {
    let path = directory + "/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .failed("\(path): \(String(cString: strerror(errno)))") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .locked("another process writes to \(directory); stop it, or read the log while it runs")
    }
    self.descriptor = Mutex(descriptor)
  }

  /// Gives the right back.
  func release() {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      // A child process that has not called exec yet has a copy of the descriptor: closing ours would not give it back.
      flock(descriptor, LOCK_UN)
      close(descriptor)
      descriptor = -1
    }
  }

  deinit { release() }
}
