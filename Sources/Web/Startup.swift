import Node
import Platform
import Storage
import Synchronization

/// How far a node has come since its process started: `/readyz` tells it.
public final class Startup: Sendable {
  /// What is known of the log's bytes.
  public enum Verification: Sendable, Equatable {
    /// It has not begun.
    case waiting
    /// So many leaves of so many are verified.
    case running(done: Int, total: Int)
    /// Every leaf that the log had at the start verifies.
    case good(size: Int)
    /// The log does not verify; the first finding says why. The node takes no entries any more.
    case bad(String)
  }

  private struct State {
    var node: Node?
    var platform: PlatformService?
    var verification = Verification.waiting
  }

  /// The log, readable from the first moment on.
  public let store: LogStore
  private let state = Mutex(State())

  /// The start of a node of `store`.
  public init(store: LogStore) { self.store = store }

  /// Says that `node` takes entries from now on.
  public func open(_ node: Node) { state.withLock { $0.node = node } }

  /// Says that `platform` speaks for the node from now on.
  public func open(_ platform: PlatformService) { state.withLock { $0.platform = platform } }

  /// Says how far the verification is.
  public func verification(is verification: Verification) { state.withLock { $0.verification = verification } }

  /// How far the verification is.
  public var verification: Verification { state.withLock { $0.verification } }

  /// The node, once it is open.
  public var node: Node? { state.withLock { $0.node } }

  /// What the node has done on the platform, where it is on one.
  var platform: PlatformStatistics? { state.withLock { $0.platform }?.statistics }

  /// The node, if it may take an entry.
  func writer() throws(WebFault) -> Node {
    let (node, verification) = state.withLock { ($0.node, $0.verification) }
    if case .bad(let finding) = verification {
      throw WebFault(503, "log_damaged", "the log does not verify, so the node takes no entries: \(finding)")
    }
    guard let node else { throw .notOpen }
    return node
  }
}
