import Consensus
import Cryptography
import Log

/// Taking back what was persisted before the machine stopped.
extension Replica {
  mutating func restore(_ record: Packet) throws(LogError) {
    switch record {
    case .votes(let votes):
      for vote in votes { consensus.restore(vote, lock: nil) }
    case .lock(let vote, let proposal, let block, let prevotes):
      guard remember(block, root: proposal.proposal.root) else { return }
      let certificate = try Certificate(prevotes, validators: consensus.validators)
      consensus.restore(vote, lock: .init(certificate: certificate, proposal: proposal))
    case .proposal(let proposal, let block, _):
      let isValid = remember(block, root: proposal.proposal.root)
      consensus.restore(proposal, Verdict(isValid: isValid, isTimely: true))
    case .round(let round): consensus.restore(round: round)
    default: throw LogError(.packet, "a packet is stored that no validator stores")
    }
  }

  private mutating func remember(_ block: ProposedBlock, root: Digest) -> Bool {
    if candidates[root] == nil { candidates[root] = candidate(block, root: root) }
    return candidates[root] != nil
  }
}
