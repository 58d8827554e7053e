import Glibc

/// Repeated measurement on the monotonic clock and on the processor time of this process.
enum Timing {
  /// How long something took.
  struct Span {
    let seconds: Double
    /// Of all threads together.
    let processorSeconds: Double

    /// How many of `count` things a second would be done if this machine's cores did nothing else and none waited.
    func idleRate(_ count: Int) -> Double { Double(count * Signatures.cores) / processorSeconds }
  }

  /// Nanoseconds since an arbitrary start.
  static func now() -> Int { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// How long `body` takes.
  static func span(_ body: () throws -> Void) rethrows -> Span {
    let (start, processor) = (now(), read(CLOCK_PROCESS_CPUTIME_ID))
    try body()
    return Span(
      seconds: Double(now() - start) / 1e9, processorSeconds: Double(read(CLOCK_PROCESS_CPUTIME_ID) - processor) / 1e9)
  }

  /// How long `body` takes.
  static func span(_ body: () async throws -> Void) async rethrows -> Span {
    let (start, processor) = (now(), read(CLOCK_PROCESS_CPUTIME_ID))
    try await body()
    return Span(
      seconds: Double(now() - start) / 1e9, processorSeconds: Double(read(CLOCK_PROCESS_CPUTIME_ID) - processor) / 1e9)
  }

  /// The median processor seconds of `body` over `repetitions`, each of which runs it `batch` times.
  ///
  /// What runs on one core is measured so, since whatever else the machine does then counts little.
  static func median(_ repetitions: Int, batch: Int = 1, _ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<repetitions {
      times.append(try span { for _ in 0..<batch { try body() } }.processorSeconds / Double(batch))
    }
    return median(times)
  }

  /// The middle of `values`, of which there is at least one.
  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Keeps the optimiser from dropping what nobody reads.
  @inline(never) @_optimize(none) static func keep<Value>(_ value: Value) {}
}
