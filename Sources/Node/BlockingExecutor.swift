import Dispatch

/// Runs an actor on a thread of its own, so that waiting for the disk holds up nobody else's task.
public final class BlockingExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// An executor whose thread is called `name`.
  public init(_ name: String) { queue = DispatchQueue(label: name) }

  /// Runs `job` after those before it.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// Runs `body` after the jobs before it, on the actor's thread: `assumeIsolated` gives it the actor.
  ///
  /// A task would first wait behind every other task that can run.
  func run(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }

  /// Stops the program unless it runs on the actor's thread.
  public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
