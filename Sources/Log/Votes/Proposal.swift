import Cryptography
import Encoding

/// A proposer's word for a block in a round (arXiv:1807.04938, Algorithm 1, L19).
///
/// Payload: `{"chain","height","round","validRound","root"}`; `validRound` is the earlier round in which a quorum prevoted
/// the block, `null` where there is none. The block travels beside the proposal.
public struct Proposal: Sendable, Hashable {
  /// The log's origin.
  public let chain: String
  /// The block that is being decided; 1 for the first.
  public let height: Int
  /// The round of the height, from 0 on.
  public let round: Int
  /// The round, before this one, in which a quorum prevoted the block.
  public let validRound: Int?
  /// The root of the tree that ends with the block's line.
  public let root: Digest

  /// A proposal of these parts.
  public init(chain: String, height: Int, round: Int, validRound: Int?, root: Digest) {
    (self.chain, self.height, self.round) = (chain, height, round)
    (self.validRound, self.root) = (validRound, root)
  }

  /// Reads the payload of a proposal's line.
  init(payload: [UInt8]) throws(LogError) {
    func parse() throws(JSONError) -> Proposal {
      var fields = try JSONDocument(payload).root.fields()
      let chain = try fields.origin("chain")
      let (height, round) = (try fields.integer("height"), try fields.integer("round"))
      let validRound = try fields.value("validRound").isNull ? nil : try fields.integer("validRound")
      let root = try fields.digest("root")
      try fields.finish()
      guard height >= 1, round >= 0, (0..<max(round, 1)).contains(validRound ?? 0) else {
        throw JSONError(.value, "heights start at 1, rounds at 0, and a valid round is an earlier one")
      }
      return Proposal(chain: chain, height: height, round: round, validRound: validRound, root: root)
    }
    self = try asLog(.proposal, parse)
    guard self.payload == payload else {
      throw LogError(.proposal, "the proposal is not written in its one encoding")
    }
    guard validRound == nil || round > 0 else { throw LogError(.proposal, "no round is before round 0") }
  }

  /// The one encoding.
  var payload: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { proposal in
        proposal.field("chain", chain)
        proposal.field("height", height)
        proposal.field("round", round)
        if let validRound {
          proposal.field("validRound", validRound)
        } else {
          proposal.field("validRound") { $0.null() }
        }
        proposal.field("root", root)
      }
    }
  }
}

/// A proposal with the line that its proposer signed.
public struct SignedProposal: Sendable {
  /// What it says.
  public let proposal: Proposal
  /// Its line.
  public let line: SignedLine

  /// Who is said to propose.
  public var author: KeyID { line.author }

  /// Reads a proposal from its line; the signature is not checked here.
  public init(_ line: SignedLine) throws(LogError) {
    guard line.kind == .proposal else {
      throw LogError(.jwsHeader, "the line is of type \(line.kind.rawValue); it is no proposal")
    }
    (proposal, self.line) = (try Proposal(payload: line.payload), line)
  }

  /// `proposal`, signed by a validator's voting key.
  public init(_ proposal: Proposal, by key: SecretKey) throws(LogError) {
    (self.proposal, line) = (proposal, try SignedLine(.proposal, payload: proposal.payload, by: key))
  }
}
