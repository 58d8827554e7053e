import Dispatch
import Foundation

/// SIGTERM and SIGINT as a wish to stop; the second one ends the process at once.
final class StopSignals {
  private let sources: [any DispatchSourceSignal]

  init(_ stop: @escaping @Sendable (_ signal: Int32) -> Void) {
    sources = [SIGTERM, SIGINT].map { (number: Int32) -> any DispatchSourceSignal in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      var count = 0
      source.setEventHandler {
        count += 1
        if count > 1 { _exit(ExitStatus.interrupted.rawValue) }
        EventLine.write("stopping", ("signal", number == SIGINT ? "SIGINT" : "SIGTERM"))
        stop(number)
      }
      source.resume()
      return source
    }
  }

  func cancel() {
    for source in sources { source.cancel() }
  }
}
