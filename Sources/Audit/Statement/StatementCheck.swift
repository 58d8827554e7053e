import Cryptography
import Encoding
import Log
import Quantities

/// Checks a statement with nothing but itself and those who are trusted.
///
/// Proven: every entry and block line stands in the cosigned tree, in the period, in this log; every movement comes from an
/// entry whose event settles that slot of that LEM, and tokens are those that the event rewards; the sums are right. Not
/// proven: that no movement was left out, what the account held before, and the amounts of a settlement, which follow from
/// all orders and readings of the LEM. Whoever has the log makes the statement again and compares.
public struct StatementCheck: Sendable {
  /// The tree in which all was found.
  public let checkpoint: Checkpoint
  /// Who has cosigned it.
  public let cosigners: [String]

  /// Refuses a statement that does not hold under `policy`.
  public init(_ statement: Statement, under policy: TrustPolicy) throws(StatementError) {
    cosigners = try asStatement { () throws(LogError) in try policy.require(statement.checkpoint) }
    checkpoint = statement.checkpoint.checkpoint
    for line in statement.entries + statement.blocks {
      let root = MerkleProof.root(
        leaf: MerkleHash.leaf(line.line), index: line.index, size: checkpoint.size, path: line.path)
      guard root == checkpoint.root else {
        throw .log(LogError(.proof, "the path from line \(line.index) does not lead to the checkpoint's root"))
      }
    }
    let blocks = try Self.blocks(statement, checkpoint.origin)
    let entries = try Self.entries(statement, checkpoint.origin, blocks)
    try Self.check(statement, entries)
  }

  private static func blocks(_ statement: Statement, _ origin: String) throws(StatementError) -> [(Range<Int>, Instant)]
  {
    var blocks: [(Range<Int>, Instant)] = []
    for line in statement.blocks {
      let block = try asStatement { () throws(LogError) in try BlockLine(SignedLine(line.line)) }
      guard block.chain == origin, 0 <= block.first, block.first <= line.index else {
        throw .wrong("line \(line.index) closes no block of \(origin)")
      }
      blocks.append((block.first..<line.index, block.time))
    }
    return blocks
  }

  private static func entries(
    _ statement: Statement, _ origin: String, _ blocks: [(Range<Int>, Instant)]
  ) throws(StatementError) -> [Int: Entry] {
    var entries: [Int: Entry] = [:]
    for line in statement.entries {
      let entry = try asStatement { () throws(LogError) in try Entry(line.line) }
      guard entry.chain == origin, entries.updateValue(entry, forKey: line.index) == nil else {
        throw .wrong("entry \(line.index) is of another log, or stands twice")
      }
      guard let (_, time) = blocks.first(where: { $0.0.contains(line.index) }) else {
        throw .wrong("no block of the statement holds entry \(line.index)")
      }
      guard statement.from <= time, time < statement.to else {
        throw .wrong("entry \(line.index) was booked at \(time), outside the period")
      }
    }
    return entries
  }

  private static func check(_ statement: Statement, _ entries: [Int: Entry]) throws(StatementError) {
    var balance = statement.before
    var used = Set<Int>()
    for movement in statement.movements {
      guard let entry = entries[movement.entry] else {
        throw .wrong("a movement comes from entry \(movement.entry), which the statement does not hold")
      }
      guard entry.events.contains(where: { makes(movement, $0, statement) }) else {
        throw .wrong("entry \(movement.entry) makes no movement such as \(movement.description)")
      }
      guard balance.add(movement) else { throw .wrong("the sum of the movements exceeds 64 bits") }
      used.insert(movement.entry)
    }
    guard balance == statement.after else {
      throw .wrong("the movements do not add up to the balance after the period")
    }
    guard used.count == entries.count else { throw .wrong("an entry of the statement makes no movement") }
  }

  /// The events from which movements of these reasons come; a reason that is not listed comes from any event of the LEM.
  private static let sources = [
    "trade": "slot.settled", "imbalance": "slot.settled", "metered": "slot.settled", "reward": "token.rewarded",
  ]

  /// Whether `event` is one from which `movement` can come.
  private static func makes(_ movement: Statement.Movement, _ event: JSONValue, _ statement: Statement) -> Bool {
    guard var fields = try? event.fields(), (try? fields.string("lem")) == statement.lem.text,
      let type = try? fields.string("type"), sources[movement.reason, default: type] == type
    else { return false }
    if let slot = movement.slot {
      guard let first = try? fields.integer("first") else { return false }
      let count = fields.optional("local").map(\.count) ?? SlotRange.maximumCount
      return first <= slot.number && slot.number - first < count
    }
    guard type == "token.rewarded" else { return true }
    let rewards = try? fields.array("rewards") { (value) throws(JSONError) in
      var fields = try value.fields()
      return ("party:" + (try fields.string("party")), try fields.integer("energy"))
    }
    return rewards?.contains { $0 == (statement.account, movement.change) } ?? false
  }
}

extension Statement.Movement: CustomStringConvertible {
  /// The movement in a few words.
  public var description: String {
    "\(change) of \(asset.rawValue) by \(quoted(reason))\(slot.map { " for slot \($0.number)" } ?? "")"
  }
}

private func asStatement<Value>(_ body: () throws(LogError) -> Value) throws(StatementError) -> Value {
  do {
    return try body()
  } catch {
    throw .log(error)
  }
}
