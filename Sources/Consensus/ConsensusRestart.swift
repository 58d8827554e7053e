import Cryptography
import Log

/// A restarted validator takes back what it has stored, before ``Consensus/Input/start``: it goes on in the round and step in
/// which it was, with its lock, and never says anything else in a place where it has spoken.
extension Consensus {
  /// Takes back a vote of this validator, with what it rests on if it is a precommit for a block, which is at hand and valid.
  public mutating func restore(_ signed: SignedVote, lock: Lock?) {
    let vote = signed.vote
    guard !isStarted, vote.chain == chain, vote.height == height, signed.author == me, let place = place(signed.author)
    else { return }
    own.insert(Slot(round: vote.round, step: vote.step))
    resume(round: vote.round, step: vote.step == .prevote ? .prevote : .precommit)
    keep(vote.round) { [validators] round in _ = round[vote.step].add(signed, at: place, validators) }
    guard vote.step == .precommit, let root = vote.root, vote.round >= locked?.round ?? 0 else { return }
    locked = ValidBlock(round: vote.round, root: root)
    valid = locked
    guard let lock else { return }
    try? take(lock.certificate)
    keep(vote.round) { round in
      (round.proposal, round.verdict) = (lock.proposal, Verdict(isValid: true, isTimely: true))
    }
  }

  /// Takes back a proposal of this validator; its block is at hand.
  public mutating func restore(_ signed: SignedProposal, _ verdict: Verdict) {
    let proposal = signed.proposal
    guard !isStarted, proposal.chain == chain, proposal.height == height, signed.author == me else { return }
    ownProposals.insert(proposal.round)
    resume(round: proposal.round, step: .propose)
    keep(proposal.round) { round in
      if round.proposal == nil { (round.proposal, round.verdict) = (signed, verdict) }
    }
  }

  /// Whether this validator has voted or proposed at this height.
  public var hasSpoken: Bool { !own.isEmpty || !ownProposals.isEmpty }

  /// Takes back that this validator has left all rounds before `round`.
  public mutating func restore(round: Int) { resume(round: round, step: .propose) }

  private mutating func resume(round: Int, step: Step) {
    if (round, step.rawValue) > (self.round, self.step.rawValue) { (self.round, self.step) = (round, step) }
    if let me, let place = place(me) { latest[place] = max(latest[place], round) }
  }

  private mutating func keep(_ number: Int, _ change: (inout Round) -> Void) {
    var round = rounds[number] ?? Round(validators)
    change(&round)
    rounds[number] = round
  }
}
