import Dispatch

/// Runs an actor on a thread of its own, so that waiting for the disk holds up nobody else's task.
final class BlockingExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "twinergy.sequencer")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
