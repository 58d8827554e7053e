import Cryptography
import Encoding
import Quantities

/// Changes that one proposes and a quorum of validators approves, to happen together at the beginning of a block.
///
/// Event: `{"type":"motion.proposed","height","expires","changes":[{"type",…},…]}`, written without white space and with its
/// members in this order. Its ``name`` is the SHA-256 of these bytes: who approves a name approves nothing else.
public struct Motion: Sendable, Hashable {
  /// The most changes of one motion.
  public static let maximumChanges = 16
  /// The most blocks before a motion takes effect.
  public static let furthestHeight = 1_000_000
  /// The longest that a motion waits for approval, in milliseconds: 366 days.
  public static let longestWait = 366 * 86_400_000

  /// The height from which on the changes hold; where the approval comes later, the height after that of the approval.
  public let height: Int
  /// Who has not approved in the first block that is as late as this cannot any more.
  public let expires: Instant
  /// What changes, in this order.
  public let changes: [Change]
  /// What approvals name.
  public let name: Digest

  /// The motion that `changes` hold from `height` on, to be approved before `expires`.
  public init(height: Int, expires: Instant, changes: [Change]) throws(LogError) {
    guard (1...Self.maximumChanges).contains(changes.count) else {
      throw LogError(.governance, "a motion has 1 to \(Self.maximumChanges) changes, not \(changes.count)")
    }
    (self.height, self.expires, self.changes) = (height, expires, changes)
    name = SHA256.hash(Self.bytes(height, expires, changes))
  }

  /// Reads the members of an event that come after its type.
  init(_ fields: inout JSONFields) throws(JSONError) {
    let (height, expires) = (try fields.integer("height"), try fields.instant("expires"))
    let changes = try fields.array("changes") { (value) throws(JSONError) in try Change(value) }
    do {
      try self.init(height: height, expires: expires, changes: changes)
    } catch {
      throw JSONError(.value, error.sentence)
    }
  }

  /// The event's one encoding.
  public var bytes: [UInt8] { Self.bytes(height, expires, changes) }

  private static func bytes(_ height: Int, _ expires: Instant, _ changes: [Change]) -> [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { event in
        event.field("type", "motion.proposed")
        event.field("height", height)
        event.field("expires", expires)
        event.field("changes", each: changes) { $1.write(to: &$0) }
      }
    }
  }
}
