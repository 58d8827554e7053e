import Cryptography
import Encoding

/// Two lines that no honest validator signs both: two votes of one step of a round, or two proposals of one round.
///
/// It proves the guilt of the key that signed them to anybody who holds the key.
public struct Evidence: Sendable, Hashable {
  /// The lines, in the order of their bytes, so that one guilt has one form.
  public let lines: [SignedLine]
  /// The log's origin.
  public let chain: String
  /// The height at which the key contradicted itself.
  public let height: Int
  /// The guilty key.
  public var author: KeyID { lines[0].author }

  /// The evidence that two lines are, if they contradict each other; signatures are not checked here.
  public init(_ a: SignedLine, _ b: SignedLine) throws(LogError) {
    let places = (try Self.place(a), try Self.place(b))
    guard a.author == b.author, places.0 == places.1 else {
      throw LogError(.evidence, "the two lines are not of one key, height, round and step")
    }
    guard a.payload != b.payload else { throw LogError(.evidence, "the two lines say the same") }
    lines = a.bytes.lexicographicallyPrecedes(b.bytes) ? [a, b] : [b, a]
    (chain, height) = (places.0.chain, places.0.height)
  }

  /// Reads the lines of an event.
  init(_ lines: [String]) throws(LogError) {
    guard lines.count == 2 else { throw LogError(.evidence, "evidence is two lines, not \(lines.count)") }
    try self.init(SignedLine(Array(lines[0].utf8)), SignedLine(Array(lines[1].utf8)))
  }

  /// The event that makes the guilt known to all who read the log; anybody with a key there may submit it.
  public var event: GovernanceEvent { .accused(self) }

  /// Refuses evidence unless `key` signed both lines.
  public func verify(_ key: PublicKey) throws(LogError) {
    guard lines.allSatisfy({ $0.isSigned(by: key) }) else {
      throw LogError(.signature, "the contradicting lines are not signed by key \(key.id)")
    }
  }

  /// Where a validator speaks once.
  private struct Place: Equatable {
    var chain: String
    var height: Int
    var round: Int
    var step: Vote.Step?
  }

  private static func place(_ line: SignedLine) throws(LogError) -> Place {
    switch line.kind {
    case .vote:
      let vote = try Vote(payload: line.payload)
      return Place(chain: vote.chain, height: vote.height, round: vote.round, step: vote.step)
    case .proposal:
      let proposal = try Proposal(payload: line.payload)
      return Place(chain: proposal.chain, height: proposal.height, round: proposal.round, step: nil)
    default: throw LogError(.evidence, "only votes and proposals contradict each other")
    }
  }
}
