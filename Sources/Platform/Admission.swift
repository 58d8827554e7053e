import Kernel
import Synchronization

/// How much the gateway takes on: so many requests at once, and so many a second from each module.
///
/// What is over the limit is refused at once and costs no more than its refusal.
final class Admission: Sendable {
  /// What may be taken on.
  struct Limits: Sendable {
    /// Requests that are being answered or wait for it.
    var atOnce = 1024
    /// Requests of one sender a second, over any time.
    var rate = 1000
    /// Requests of one sender in a burst.
    var burst = 2000
    /// Error notifications a second besides the answers.
    var notices = 50
  }

  /// Fills with time, empties with use; counted in thousandths.
  private struct Bucket {
    var level: Int
    var filled: Int

    mutating func take(rate: Int, burst: Int, at milliseconds: Int) -> Bool {
      level = min(burst * 1000, level + max(0, milliseconds - filled) * rate)
      filled = milliseconds
      guard level >= 1000 else { return false }
      level -= 1000
      return true
    }
  }

  private struct State {
    var underWay = 0
    var buckets: [Correspondent: Bucket] = [:]
    var notices: Bucket?
  }

  let limits: Limits
  private let state = Mutex(State())

  init(_ limits: Limits = Limits()) { self.limits = limits }

  /// Takes a request of `sender` on, which ``done()`` ends.
  ///
  /// - Parameter milliseconds: the time on a clock that only goes on.
  func begin(_ sender: Correspondent, at milliseconds: Int) throws(Rejection) {
    let refusal: Rejection? = state.withLock { state in
      var bucket = state.buckets[sender] ?? Bucket(level: limits.burst * 1000, filled: milliseconds)
      let isTaken = bucket.take(rate: limits.rate, burst: limits.burst, at: milliseconds)
      state.buckets[sender] = bucket
      guard isTaken else {
        return Rejection(.tooMany, "rate_limited", "Too many requests: \(sender) may send \(limits.rate) a second")
      }
      guard state.underWay < limits.atOnce else {
        return Rejection(
          .unavailable, "gateway_busy", "\(limits.atOnce) requests are being answered; send it again later")
      }
      state.underWay += 1
      return nil
    }
    if let refusal { throw refusal }
  }

  /// A request that was taken on is answered.
  func done() { state.withLock { $0.underWay -= 1 } }

  /// Whether one more error may be told to everybody.
  func mayNotify(at milliseconds: Int) -> Bool {
    state.withLock { state in
      var bucket = state.notices ?? Bucket(level: limits.notices * 1000, filled: milliseconds)
      defer { state.notices = bucket }
      return bucket.take(rate: limits.notices, burst: limits.notices, at: milliseconds)
    }
  }
}
