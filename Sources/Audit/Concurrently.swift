import Dispatch

/// The results of `body` for each of `items`, in their order, computed on all cores.
func concurrently<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @Sendable (Item) -> Result
) -> [Result] {
  let stride = 64
  return [Result](unsafeUninitializedCapacity: items.count) { buffer, count in
    // Unsafe is safe here: each iteration writes places of its own, and all have ended when the call returns.
    nonisolated(unsafe) let results = buffer
    DispatchQueue.concurrentPerform(iterations: (items.count + stride - 1) / stride) { chunk in
      for index in (chunk * stride)..<min((chunk + 1) * stride, items.count) {
        results.initializeElement(at: index, to: body(items[index]))
      }
    }
    count = items.count
  }
}
