import Cryptography
import Log
import Synchronization

/// The keys of a log's authors, for verifying signatures before entries are ordered.
///
/// A key's name follows from its bytes, so an old copy can lack a key but never hold a wrong one. Whether the key is valid
/// at the entry's index is decided in order, by the ledger.
final class KeyDirectory: Sendable {
  private let keys: Mutex<[KeyID: PublicKey]>

  init(_ ring: KeyRing) { keys = Mutex(ring.publicKeys) }

  /// Learns the keys of `ring`, which never forgets one: as many as before are the same as before.
  func update(_ ring: KeyRing) {
    keys.withLock { keys in
      if keys.count != ring.size { keys = ring.publicKeys }
    }
  }

  func key(_ id: KeyID) -> PublicKey? { keys.withLock { $0[id] } }
}
