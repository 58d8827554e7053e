import Cryptography
import Log
import Synchronization

/// Verifies each line once in a run, however many machines ask.
final class Signatures: Sendable {
  private let known = Mutex<[SignedLine: Bool]>([:])

  func isSigned(_ line: SignedLine, _ key: PublicKey) -> Bool {
    if let known = known.withLock({ $0[line] }) { return known && key.id == line.author }
    let isSigned = line.isSigned(by: key)
    known.withLock { $0[line] = isSigned }
    return isSigned
  }
}
