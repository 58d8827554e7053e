import FuzzTargets
import Foundation

/// The target that the environment names.
private let target: FuzzTarget = {
  guard let name = ProcessInfo.processInfo.environment["TWINERGY_FUZZ_TARGET"], let target = FuzzTarget(rawValue: name)
  else { fatalError("TWINERGY_FUZZ_TARGET is none of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))") }
  return target
}()

/// libFuzzer's entry: one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
