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

  /// Lets in what waits for the actor that calls, and goes on behind it.
  ///
  /// `Task.yield()` would go through the queue of all tasks that can run, behind every one of them.
  public nonisolated(nonsending) func yield() async {
    await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
  }
}
