import Glibc

/// Repeated measurement on the monotonic clock.
enum MarketTiming {
  /// Nanoseconds since an arbitrary start.
  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The median seconds of `body` over `repetitions`.
  static func median(_ repetitions: Int, _ body: () throws -> Void) rethrows -> Double {
    var times: [Int] = []
    for _ in 0..<repetitions {
      let before = now()
      try body()
      times.append(now() - before)
    }
    return Double(times.sorted()[times.count / 2]) / 1e9
  }
}
