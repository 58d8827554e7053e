import Dispatch
import Synchronization

/// A value that another thread computes while the caller goes on.
///
/// On a queue of its own, which always gets a thread, not on a global one: where all of that one's few threads wait for
/// such values, none would be left to compute them.
public final class Meanwhile<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let done = DispatchGroup()

  /// Starts `body`.
  public init(_ body: @escaping @Sendable () -> Value) {
    DispatchQueue(label: "meanwhile").async(group: done) { [self] in
      let result = body()
      value.withLock { $0 = result }
    }
  }

  /// Waits for the value.
  public func wait() -> Value {
    done.wait()
    return value.withLock { $0! }
  }
}

/// The results of `body` for each of `items`, in their order, computed on all cores.
public func concurrently<Item: Sendable, Result: Sendable>(
  _ items: [Item], stride: Int = 64, _ body: @Sendable (_ offset: Int, Item) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: items.count) { buffer, count in
    // Unsafe is safe here: each iteration writes places of its own, and all have ended when the call returns.
    nonisolated(unsafe) let results = buffer
    DispatchQueue.concurrentPerform(iterations: (items.count + stride - 1) / stride) { chunk in
      for index in (chunk * stride)..<min((chunk + 1) * stride, items.count) {
        results.initializeElement(at: index, to: body(index, items[index]))
      }
    }
    count = items.count
  }
}
