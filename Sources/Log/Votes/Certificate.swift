import Cryptography
import Encoding

/// The same vote of a quorum of validators: the proof that a block was prevoted, or that it is decided.
public struct Certificate: Sendable {
  /// What they all say; for a block, never for none.
  public let vote: Vote
  /// The block.
  public let root: Digest
  /// Their votes, in the order of the validator set.
  public let votes: [SignedVote]

  /// The certificate that `votes` are, by their number and authors; signatures are not checked here.
  ///
  /// Refuses votes that differ, are for no block, come from strangers, or are fewer than a quorum of `validators`.
  public init(_ votes: [SignedVote], validators: ValidatorSet) throws(LogError) {
    guard let vote = votes.first?.vote, let root = vote.root, votes.allSatisfy({ $0.vote == vote }) else {
      throw LogError(.certificate, "a certificate holds votes that say the same of one block")
    }
    let order = validators.validators.map(\.vote.id)
    let places = votes.map { vote in order.firstIndex(of: vote.author) ?? -1 }
    guard zip(places, places.dropFirst()).allSatisfy({ $0 < $1 }), places.first! >= 0 else {
      throw LogError(.certificate, "a certificate holds votes of different validators in their order")
    }
    guard votes.count >= validators.quorum else {
      throw LogError(.certificate, "\(votes.count) of \(order.count) validators have voted; \(validators.quorum) must")
    }
    (self.vote, self.root, self.votes) = (vote, root, votes)
  }

  /// The certificate that a block line carries of the block before it: of `height`, the tree's root after it being `root`.
  public init(
    _ precommits: [Precommit], chain: String, height: Int, root: Digest, validators: ValidatorSet
  ) throws(LogError) {
    var votes: [SignedVote] = []
    for precommit in precommits {
      let vote = Vote(chain: chain, height: height, round: precommit.round, step: .precommit, root: root)
      votes.append(try SignedVote(vote, author: precommit.author, signature: precommit.signature))
    }
    try self.init(votes, validators: validators)
  }

  /// `votes` in the order of `validators`; strangers last.
  public static func sorted(_ votes: [SignedVote], validators: ValidatorSet) -> [SignedVote] {
    let order = validators.validators.map(\.vote.id)
    return votes.sorted { order.firstIndex(of: $0.author) ?? .max < order.firstIndex(of: $1.author) ?? .max }
  }

  /// What the next block line carries.
  public var precommits: [Precommit] { votes.map(Precommit.init) }
}
