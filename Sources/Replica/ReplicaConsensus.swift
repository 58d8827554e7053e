import Community
import Consensus
import Cryptography
import Log
import Quantities

/// Carrying out what the algorithm asks for.
extension Replica {
  mutating func run(_ input: Consensus.Input) {
    var inputs = [input]
    while !inputs.isEmpty {
      let next = inputs.removeFirst()
      let height = consensus.height
      for action in consensus.step(next) { perform(action, &inputs) }
      // The rest belongs to a height that is over.
      if consensus.height != height { return }
    }
    forgetCandidates()
  }

  private mutating func perform(_ action: Consensus.Action, _ inputs: inout [Consensus.Input]) {
    switch action {
    case .propose(let round, let valid):
      guard halted == nil, let proposal = propose(in: round, valid, storing: true) else { return }
      inputs.append(.proposal(proposal, Verdict(isValid: true, isTimely: true)))
    case .vote(let vote, let lock):
      guard halted == nil, let signed = sign(vote, lock) else { return }
      inputs.append(.vote(signed))
    case .schedule(let timeout): effects.append(.schedule(timeout))
    case .decide(let certificate):
      guard let candidate = candidates[certificate.root] else {
        preconditionFailure("the block \(certificate.root) is decided as valid and not at hand")
      }
      decide(candidate, certificate)
    // The block itself arrives as decided, and shows what differs.
    case .dispute: break
    case .evidence(let first, let second):
      guard let evidence = try? Evidence(first, second) else { return }
      keep(evidence)
      effects.append(.accuse(evidence))
    case .refuse: break
    }
  }

  private mutating func sign(_ vote: Vote, _ lock: Consensus.Lock?) -> SignedVote? {
    guard let signed = attempt({ () throws(LogError) in try SignedVote(vote, by: keys.vote) }) else { return nil }
    let packet = Packet.votes([signed])
    if let lock, let block = candidates[lock.certificate.root]?.block {
      effects.append(.persist(.lock(signed, lock.proposal, block, lock.certificate.votes), height: vote.height))
    } else {
      effects.append(.persist(packet, height: vote.height))
    }
    effects.append(.broadcast(packet))
    return signed
  }

  /// Proposes in a round where there was nothing to propose before.
  mutating func propose(in round: Int, _ valid: Consensus.ValidBlock?) {
    guard let proposal = propose(in: round, valid, storing: true) else { return }
    run(.proposal(proposal, Verdict(isValid: true, isTimely: true)))
  }

  private mutating func propose(
    in round: Int, _ valid: Consensus.ValidBlock?, storing: Bool
  ) -> SignedProposal? {
    guard let candidate = valid.map({ candidates[$0.root] }) ?? newCandidate() else {
      unproposed = valid == nil ? round : nil
      return nil
    }
    unproposed = nil
    let proposal = Proposal(
      chain: consensus.chain, height: consensus.height, round: round, validRound: valid?.round, root: candidate.root)
    guard let signed = attempt({ () throws(LogError) in try SignedProposal(proposal, by: keys.vote) }) else {
      return nil
    }
    candidates[candidate.root] = candidate
    let reason = valid.flatMap { consensus.prevotes(in: $0.round) }?.votes ?? []
    let packet = Packet.proposal(signed, candidate.block, reason)
    effects.append(.persist(packet, height: consensus.height))
    effects.append(.broadcast(packet))
    return signed
  }

  /// Runs what only a program's fault can make fail.
  func attempt<Value>(_ body: () throws(LogError) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      preconditionFailure("a validator cannot write its own line: \(error)")
    }
  }

  private mutating func forgetCandidates() {
    let roots = consensus.proposedRoots
    for root in candidates.keys where !roots.contains(root) { candidates[root] = nil }
  }
}

/// The end of a height.
extension Replica {
  mutating func decide(_ candidate: Candidate, _ certificate: Certificate) {
    var sealed = candidate.sealed
    let checkpoint = Checkpoint(origin: consensus.chain, size: candidate.ledger.size, root: candidate.root)
    guard
      let cosigned = attempt({ () throws(LogError) in
        try CosignedCheckpoint(checkpoint, at: now, by: isMember ? [(keys.name, keys.cosign)] : [])
      })
    else { return }
    sealed.checkpoint = isMember ? cosigned.bytes : []
    effects.append(.commit(sealed, proof: .decided(candidate.block, certificate.votes)))
    if isMember { effects.append(.broadcast(.cosigned(cosigned))) }
    if candidate.ledger.state != ledger.state { (agreedSize, stateSize) = (stateSize, candidate.ledger.size) }
    ledger = candidate.ledger
    lastPrecommits = certificate.precommits
    cosignatures.decided(cosigned, by: consensus.validators, keys: keys)
    finalize()
    watchNoLongerThanNeeded()
    beginHeight()
  }

  var isMember: Bool { consensus.validators.validator(voting: keys.vote.id) != nil }

  private mutating func beginHeight() {
    consensus = Self.height(after: ledger, keys, isWatching: watchesSince != nil)
    (candidates, unproposed, forgotten) = ([:], nil, [:])
    let keyRing = ledger.community.keys
    mempool.keep { $0.entry.sequence > keyRing.holder($0.entry.author)?.sequence ?? 0 }
    askWhetherToSpeak()
    let early = ahead.take(height: consensus.height)
    if !mempool.isEmpty { run(.start) }
    for packet in early { receive(packet) }
  }

  /// Publishes the newest checkpoint that a quorum has cosigned, if it is news.
  mutating func finalize() {
    guard let newest = cosignatures.final, newest.checkpoint.size > final?.checkpoint.size ?? 0 else { return }
    final = newest
    effects.append(.publish(newest))
  }
}

extension Replica {
  /// The round in which the last block was decided; nil before the first.
  public var decidedRound: Int? { lastPrecommits.first?.round }
}
