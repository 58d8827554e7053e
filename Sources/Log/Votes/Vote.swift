import Cryptography
import Encoding

/// What a validator says of a height and round: a prevote or a precommit (arXiv:1807.04938, Algorithm 1).
///
/// Payload: `{"chain","height","round","step","root"}`. `root` names the block by the root of the tree that ends with its
/// line, which commits to its entries and to all that stands before; `null` is a vote for no block. A vote has one
/// encoding, so that a block line can carry its signature alone.
public struct Vote: Sendable, Hashable {
  /// The two votes of a round.
  public enum Step: String, Sendable, CaseIterable {
    /// The block is valid and may be decided in this round.
    case prevote
    /// A quorum has prevoted the block in this round.
    case precommit
  }

  /// The log's origin.
  public let chain: String
  /// The block that is being decided; 1 for the first.
  public let height: Int
  /// The round of the height, from 0 on.
  public let round: Int
  /// Which of the two.
  public let step: Step
  /// The block that the vote is for; nil for none.
  public let root: Digest?

  /// A vote of these parts.
  public init(chain: String, height: Int, round: Int, step: Step, root: Digest?) {
    (self.chain, self.height, self.round, self.step, self.root) = (chain, height, round, step, root)
  }

  /// Reads the payload of a vote's line.
  init(payload: [UInt8]) throws(LogError) {
    func parse() throws(JSONError) -> Vote {
      var fields = try JSONDocument(payload).root.fields()
      let chain = try fields.origin("chain")
      let (height, round) = (try fields.integer("height"), try fields.integer("round"))
      guard let step = Step(rawValue: try fields.string("step")) else {
        throw JSONError(.value, "in \"step\": a vote is a prevote or a precommit")
      }
      let root = try fields.digestOrNull("root")
      try fields.finish()
      guard height >= 1, round >= 0 else { throw JSONError(.value, "heights start at 1 and rounds at 0") }
      return Vote(chain: chain, height: height, round: round, step: step, root: root)
    }
    self = try asLog(.vote, parse)
    guard self.payload == payload else { throw LogError(.vote, "the vote is not written in its one encoding") }
  }

  /// The one encoding.
  var payload: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { vote in
        vote.field("chain", chain)
        vote.field("height", height)
        vote.field("round", round)
        vote.field("step", step.rawValue)
        vote.field("root", orNull: root)
      }
    }
  }
}

/// A vote with the line that its validator signed.
public struct SignedVote: Sendable {
  /// What it says.
  public let vote: Vote
  /// Its line.
  public let line: SignedLine

  /// Who is said to have voted.
  public var author: KeyID { line.author }

  /// Reads a vote from its line; the signature is not checked here.
  public init(_ line: SignedLine) throws(LogError) {
    guard line.kind == .vote else {
      throw LogError(.jwsHeader, "the line is of type \(line.kind.rawValue); it is no vote")
    }
    (vote, self.line) = (try Vote(payload: line.payload), line)
  }

  /// `vote`, signed by a validator's voting key.
  public init(_ vote: Vote, by key: SecretKey) throws(LogError) {
    (self.vote, line) = (vote, try SignedLine(.vote, payload: vote.payload, by: key))
  }

  /// The vote that `author` is said to have signed with `signature`, which is 64 bytes.
  public init(_ vote: Vote, author: KeyID, signature: [UInt8]) throws(LogError) {
    (self.vote, line) = (vote, try SignedLine(.vote, payload: vote.payload, author: author, signature: signature))
  }
}

extension JSONFields {
  /// The digest called `name`; nil where it is `null`.
  mutating func digestOrNull(_ name: StaticString) throws(JSONError) -> Digest? {
    try value(name).isNull ? nil : try digest(name)
  }
}

extension JSONWriter {
  /// Writes a digest member as hexadecimal, or `null`.
  mutating func field(_ name: String, orNull value: Digest?) {
    if let value { field(name, value) } else { field(name) { $0.null() } }
  }
}
