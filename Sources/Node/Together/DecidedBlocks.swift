import Consensus
import Cryptography
import Log
import Replica
import Storage

extension LogStore {
  /// The packet that proves block `height`: the block with the precommits that decided it; nil where they are not known.
  ///
  /// The precommits stand in the next block's line; those of the last block are stored beside the log.
  func decided(_ height: Int, validators: ValidatorSet, chain: String) throws -> Packet? {
    guard let before = try lineIndex(height: height - 1), let index = try lineIndex(height: height) else { return nil }
    let lines = try leaves((before + 1)..<(index + 1)).map { try SignedLine($0) }
    let block = ProposedBlock(line: lines.last!, entries: Array(lines.dropLast()))
    if let decision = try decision(), decision.height == height {
      return decision.votes.isEmpty ? nil : .decided(block, try decision.precommits)
    }
    guard let next = try lineIndex(height: height + 1), let leaf = try leaves(next..<(next + 1)).first else {
      return nil
    }
    let certificate = try Certificate(
      BlockLine(SignedLine(leaf)).precommits, chain: chain, height: height, root: try root(size: index + 1),
      validators: validators)
    return .decided(block, certificate.votes)
  }
}

extension LogStore.Decision {
  /// The votes that decided the block; none where they are not known.
  var precommits: [SignedVote] {
    get throws(LogError) {
      guard !votes.isEmpty, case .votes(let votes) = try Packet(votes) else { return [] }
      return votes
    }
  }
}
