import Community
import Cryptography
import Kernel
import Log
import Node
import Quantities
import Synchronization

/// The clock of a demonstration: it stands at the moment of the day that is being played.
final class DemoClock: Sendable {
  private let time = Mutex(Instant(milliseconds: 0))

  func set(_ instant: Instant) { time.withLock { $0 = instant } }
  var now: Instant { time.withLock { $0 } }
}

/// One who signs entries: the operator, the DSO, the gateway, a household.
///
/// Each entry has its fixed sequence number, so that a demonstration that was interrupted and starts again finds what is
/// in the log already and goes on behind it.
struct DemoAuthor {
  let name: String
  let key: SecretKey
  private var sequence = 0

  init(_ name: String, _ key: SecretKey) { (self.name, self.key) = (name, key) }

  /// The next entry, signed; nil if the log of `community` has it already.
  mutating func next(
    at time: Instant, in community: Community, _ events: () throws -> [[UInt8]]
  ) throws -> SignedLine? {
    sequence += 1
    if let holder = community.keys.holder(key.id), holder.sequence >= sequence { return nil }
    let draft = EntryDraft(
      chain: community.genesis.origin, id: try EntryID("\(name)-\(sequence)"), sequence: sequence, at: time,
      events: try events())
    return try draft.signed(by: key)
  }
}
