import CSodium
import Dispatch
import Encoding
import Glibc
import Synchronization

/// The limit of everything that verifies signatures: libsodium's own verification, called straight.
enum Signatures {
  /// Verifications of one message after the other.
  struct Limit {
    /// A second, on all cores at once.
    let rate: Double
    /// Processor seconds of one.
    let processorSeconds: Double
  }

  /// Processors that run at once.
  static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// A message with its signature.
  private struct Signed: Sendable {
    var message: [UInt8]
    var signature: [UInt8]

    init(_ message: [UInt8], by secret: [UInt8]) {
      self.message = message
      signature = [UInt8](repeating: 0, count: Int(crypto_sign_BYTES))
      crypto_sign_detached(&signature, nil, message, UInt64(message.count), secret)
    }

    func isValid(under key: [UInt8]) -> Bool {
      crypto_sign_verify_detached(signature, message, UInt64(message.count), key) == 0
    }
  }

  /// Verifies messages as long as `message` again and again on all cores for about `seconds`.
  ///
  /// They are 256 different ones: of one alone a processor learns the branches by heart, and is a twentieth faster.
  static func limit(_ message: [UInt8], seconds: Double = 0.3) -> Limit {
    precondition(sodium_init() >= 0, "libsodium could not start")
    var key = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
    var secret = [UInt8](repeating: 0, count: Int(crypto_sign_SECRETKEYBYTES))
    crypto_sign_seed_keypair(&key, &secret, [UInt8](repeating: 7, count: Int(crypto_sign_SEEDBYTES)))
    let messages = (0...UInt8.max).map { Signed([$0] + message.dropFirst(), by: secret) }
    let verified = Atomic(0)
    let end = Timing.now() + Int(seconds * 1e9)
    let span = Timing.span {
      DispatchQueue.concurrentPerform(iterations: cores) { [key] _ in
        var count = 0
        while Timing.now() < end {
          precondition(messages[count % messages.count].isValid(under: key), "libsodium refuses its own signature")
          count += 1
        }
        verified.add(count, ordering: .relaxed)
      }
    }
    let count = Double(verified.load(ordering: .relaxed))
    return Limit(rate: count / span.seconds, processorSeconds: span.processorSeconds / count)
  }
}
