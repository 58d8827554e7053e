import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// Fetches files over HTTP and HTTPS, one after another, each within a size and a time.
final class WebClient: NSObject, URLSessionDataDelegate, Sendable {
  /// The client of this process: its session keeps connections open from file to file.
  static let shared = WebClient()

  /// Seconds without a byte, and seconds for a whole file.
  private static let (stall, whole) = (15.0, 120.0)

  private struct Fetch {
    var limit: Int
    var data = Data()
    var status = 0
    var isTooLong = false
    var error: (any Error)?
    var done: DispatchSemaphore
  }

  private let fetches = Mutex<[Int: Fetch]>([:])
  // Unchecked is safe here: the session is made once, before the first fetch, and is thread-safe itself.
  nonisolated(unsafe) private var session: URLSession!

  private override init() {
    super.init()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = Self.stall
    configuration.timeoutIntervalForResource = Self.whole
    configuration.httpAdditionalHeaders = ["User-Agent": "twinergy"]
    session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
  }

  /// The body at `address`, of at most `limit` bytes; nil where the server has nothing there.
  func get(_ address: String, limit: Int) throws(StorageError) -> [UInt8]? {
    guard let url = URL(string: address), url.host() != nil else { throw .noLog("\(address) is no web address") }
    let task = session.dataTask(with: url)
    let done = DispatchSemaphore(value: 0)
    fetches.withLock { $0[task.taskIdentifier] = Fetch(limit: limit, done: done) }
    task.resume()
    done.wait()
    let fetch = fetches.withLock { $0.removeValue(forKey: task.taskIdentifier)! }
    if fetch.isTooLong { throw .damaged("\(address) has more than \(limit) bytes") }
    if let error = fetch.error { throw .unreachable("\(address): \(error.localizedDescription)") }
    switch fetch.status {
    case 200: return [UInt8](fetch.data)
    case 404, 410: return nil
    default: throw .unreachable("\(address): the server answers \(fetch.status)")
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let isTooLong = fetches.withLock { fetches in
      guard var fetch = fetches[dataTask.taskIdentifier] else { return true }
      fetch.status = (response as? HTTPURLResponse)?.statusCode ?? 0
      fetch.isTooLong = response.expectedContentLength > Int64(fetch.limit)
      fetches[dataTask.taskIdentifier] = fetch
      return fetch.isTooLong
    }
    completionHandler(isTooLong ? .cancel : .allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = fetches.withLock { fetches in
      guard let limit = fetches[dataTask.taskIdentifier]?.limit else { return true }
      let room = limit - fetches[dataTask.taskIdentifier]!.data.count
      guard data.count <= room else {
        fetches[dataTask.taskIdentifier]!.isTooLong = true
        return true
      }
      fetches[dataTask.taskIdentifier]!.data.append(data)
      return false
    }
    if isTooLong { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let done = fetches.withLock { fetches in
      fetches[task.taskIdentifier]?.error = error
      return fetches[task.taskIdentifier]?.done
    }
    done?.signal()
  }
}
