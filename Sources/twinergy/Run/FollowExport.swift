import Encoding
import Foundation
import Storage

/// Keeps a directory in step with a log that grows.
struct FollowExport {
  let place: String
  let directory: String
  /// Seconds from one look to the next.
  let interval: Double

  /// Exports again and again until a signal comes; what may pass, such as a network that fails, is told and waited out.
  func run() throws -> ExitStatus {
    let stopped = DispatchSemaphore(value: 0)
    let ending = Ending()
    ending.onFirst { stopped.signal() }
    let signals = StopSignals { ending.end(with: $0 == SIGINT ? .interrupted : .good) }
    defer { signals.cancel() }
    var (size, trouble) = (0, "")
    repeat {
      do throws(StorageError) {
        let now = try LogExport.write(OpenSource.open(place), to: directory, keepingEarlier: true)
        if now != size || !trouble.isEmpty { EventLine.write("exported", ("leaves", now), ("directory", directory)) }
        (size, trouble) = (now, "")
      } catch {
        guard error.mayPass else { throw error }
        if trouble != error.code {
          EventLine.write("waiting", level: .warning, ("code", error.code), ("sentence", error.sentence))
        }
        trouble = error.code
      }
    } while stopped.wait(timeout: .now() + interval) == .timedOut
    return ending.status ?? .good
  }
}

extension StorageError {
  /// Whether the same attempt may succeed later without anybody's doing.
  fileprivate var mayPass: Bool {
    switch self {
    case .unreachable, .locked, .noLog: true
    case .noEntry, .exists, .damaged, .conflict, .failed: false
    }
  }
}
