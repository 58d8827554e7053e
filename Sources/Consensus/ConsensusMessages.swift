import Cryptography
import Log

/// What is taken of what arrives, and how much of it is held.
extension Consensus {
  mutating func take(_ signed: SignedProposal, _ verdict: Verdict, _ actions: inout [Action]) throws(MessageRefusal) {
    let proposal = signed.proposal
    guard proposal.chain == chain, proposal.height == height else { throw .elsewhere }
    guard let place = place(signed.author) else { throw .stranger }
    guard place == proposer(proposal.round) else { throw .notProposer }
    try accept(place, round: proposal.round)
    if let first = rounds[proposal.round]!.proposal {
      guard first.proposal != proposal else { throw .duplicate }
      actions.append(.evidence(first.line, signed.line))
      throw .contradiction
    }
    rounds[proposal.round]!.proposal = signed
    rounds[proposal.round]!.verdict = verdict
  }

  mutating func take(_ signed: SignedVote, _ actions: inout [Action]) throws(MessageRefusal) {
    let vote = signed.vote
    guard vote.chain == chain, vote.height == height else { throw .elsewhere }
    guard let place = place(signed.author) else { throw .stranger }
    try accept(place, round: vote.round)
    switch rounds[vote.round]![vote.step].add(signed, at: place, validators) {
    case .added: break
    case .duplicate: throw .duplicate
    case .contradicts(let first):
      actions.append(.evidence(first.line, signed.line))
      throw .contradiction
    }
  }

  mutating func take(_ certificate: Certificate) throws(MessageRefusal) {
    guard certificate.vote.chain == chain, certificate.vote.height == height else { throw .elsewhere }
    let round = certificate.vote.round
    guard round <= Self.lastRound else { throw .tooFar }
    // A quorum's precommits decide, however old; its prevotes count where their round does.
    guard isHeld(round) || certificate.vote.step == .precommit else { throw .oldRound }
    var taken = rounds[round] ?? Round(validators)
    for vote in certificate.votes {
      guard let place = place(vote.author) else { throw .stranger }
      _ = taken[certificate.vote.step].add(vote, at: place, validators)
      hear(of: place, in: round)
    }
    taken[certificate.vote.step].take(certificate)
    rounds[round] = taken
  }

  /// Makes room for a message of `place` in `round`, or refuses it.
  ///
  /// Held are the present round, ``window`` rounds before it, those that locks and proposals refer to, the next round, and
  /// of later rounds for each validator the last that it was heard of in: at most `window + validators + 5` rounds.
  mutating func accept(_ place: Int, round: Int) throws(MessageRefusal) {
    guard round <= Self.lastRound else { throw .tooFar }
    if round > self.round + 1 {
      guard round >= latest[place] else { throw .overtaken }
    } else {
      guard isHeld(round) else { throw .oldRound }
    }
    hear(of: place, in: round)
    if rounds[round] == nil { rounds[round] = Round(validators) }
  }

  private mutating func hear(of place: Int, in round: Int) {
    let before = latest[place]
    guard round > before else { return }
    latest[place] = round
    // The round that it has left is of no use unless somebody else is there.
    if before > self.round + 1, !latest.contains(before) { rounds[before] = nil }
  }

  func isHeld(_ round: Int) -> Bool {
    if round >= self.round - Self.window || round == valid?.round || round == locked?.round { return true }
    return [self.round, self.round + 1].contains { rounds[$0]?.proposal?.proposal.validRound == round }
  }

  mutating func forgetOldRounds() {
    for round in rounds.keys.sorted() where !isHeld(round) { rounds[round] = nil }
    own = own.filter { $0.round >= round - 1 - Self.window }
    ownProposals = ownProposals.filter { $0 >= round }
  }
}

extension Consensus {
  /// What another validator of this height may lack to follow: proposals of the present and the valid round, certificates,
  /// and the votes of this round and the one before.
  public var known: Known {
    var known = Known()
    for (number, round) in rounds.sorted(by: { $0.key < $1.key }) {
      let isNear = number >= self.round - 1 && number <= self.round
      guard isNear || number == valid?.round || number == locked?.round else { continue }
      if let proposal = round.proposal { known.proposals.append(proposal) }
      for step in Vote.Step.allCases {
        let tally = round[step]
        if let certificate = tally.certificate { known.certificates.append(certificate) }
        if isNear { known.votes += tally.all }
      }
    }
    return known
  }

  /// Whether `proposal` is the one that is held of its round.
  public func holds(_ proposal: SignedProposal) -> Bool {
    rounds[proposal.proposal.round]?.proposal?.proposal == proposal.proposal
  }

  /// Whether `vote` is the one that is held of its author and step.
  public func holds(_ vote: SignedVote) -> Bool {
    guard vote.vote.height == height, let place = place(vote.author), let round = rounds[vote.vote.round] else {
      return false
    }
    return round[vote.vote.step].votes[place]?.line == vote.line
  }

  /// Whether a certificate for the same is held.
  public func holds(_ certificate: Certificate) -> Bool {
    rounds[certificate.vote.round]?[certificate.vote.step].certificate?.vote == certificate.vote
  }

  /// Who has not said yet what the present step waits for: the proposer its proposal, the others their votes.
  public var missing: [String] {
    guard isStarted, decision == nil else { return [] }
    let held = rounds[round]
    guard step != .propose else { return held?.proposal == nil ? [validators.validators[proposer(round)].name] : [] }
    let votes = held?[step == .prevote ? .prevote : .precommit].votes
    return zip(validators.validators.indices, validators.validators).filter { votes?[$0.0] == nil }.map(\.1.name)
  }

  /// Of how many rounds something is held.
  public var heldRounds: Int { rounds.count }

  /// The blocks that held proposals name.
  public var proposedRoots: Set<Digest> { Set(rounds.values.compactMap { $0.proposal?.proposal.root }) }

  /// The prevotes of a quorum for one block in `round`.
  public func prevotes(in round: Int) -> Certificate? { rounds[round]?.prevotes.certificate }

  /// Messages to send again.
  public struct Known: Sendable {
    /// Each with its block.
    public var proposals: [SignedProposal] = []
    /// Quorums.
    public var certificates: [Certificate] = []
    /// Single votes, the validator's own among them.
    public var votes: [SignedVote] = []
  }
}
