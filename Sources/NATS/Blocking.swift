import Foundation

/// Runs calls of the library that wait, each on a thread of its own.
///
/// Not on Dispatch: it shares its few threads with Swift's tasks, which would wait along.
enum Blocking {
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws(NATSError) -> Value
  ) async throws(NATSError) -> Value {
    let result: Result<Value, NATSError> = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        do throws(NATSError) {
          continuation.resume(returning: .success(try body()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
