import Community
import Consensus
import Cryptography
import Log
import Quantities

/// What is done with a packet.
extension Replica {
  mutating func receive(_ packet: Packet, from sender: String) {
    if case .status(let height) = packet { return serve(height, to: sender) }
    guard halted == nil else { return }
    switch packet {
    case .ask(let number):
      effects.append(.send(.answer(number: number, height: consensus.height, round: nil), to: sender))
    case .forgot(let number, let height): leaveRounds(number, height, for: sender)
    case .answer(let number, let height, let round):
      take(answer: number, height: height, from: sender)
      take(answer: number, height: height, round: round, from: sender)
    case .decided(let block, let votes):
      let before = ledger.height
      adopt(block, votes)
      if ledger.height > before { effects.append(.send(.status(height: consensus.height), to: sender)) }
    default: receive(packet)
    }
  }

  mutating func receive(_ packet: Packet) {
    switch packet {
    case .entries(let lines): lines.forEach { take(entry: $0) }
    case .votes(let votes): votes.forEach { take($0) }
    case .certificate(let votes): take(certificate: votes)
    case .proposal(let proposal, let block, let votes): take(proposal, block, votes)
    case .cosigned(let checkpoint): take(checkpoint)
    case .decided, .status, .ask, .forgot, .answer, .lock, .round: break
    }
  }

  private mutating func serve(_ height: Int, to peer: String) {
    guard height <= ledger.height else { return }
    for missing in height...min(height + 15, ledger.height) {
      guard served[peer, default: 0] < Self.servedPerTick else { return }
      guard served.count < ValidatorSet.maximumCount || served[peer] != nil else { return }
      served[peer, default: 0] += 1
      effects.append(.serve(height: missing, to: peer))
    }
  }

  private mutating func take(entry line: SignedLine) {
    guard let holder = ledger.community.keys.holder(line.author), isSigned(line, holder.grant.key),
      let facts = try? EntryFacts(line: line), facts.entry.sequence > holder.sequence
    else { return }
    if case .added = mempool.add(facts, isLocal: false) { wake() }
  }

  /// Whether a message of `height` is for now; one of the next height is kept.
  private mutating func isPresent(_ height: Int, _ author: KeyID, _ packet: @autoclosure () -> Packet) -> Bool {
    if height == consensus.height + 1 { ahead.keep(packet(), height: height, of: author) }
    return height == consensus.height
  }

  private mutating func take(_ vote: SignedVote) {
    guard let validator = consensus.validators.validator(voting: vote.author), vote.vote.chain == consensus.chain,
      vote.vote.height >= consensus.height, !consensus.holds(vote), isSigned(vote.line, validator.vote),
      isPresent(vote.vote.height, vote.author, .votes([vote]))
    else { return }
    run(.vote(vote))
    // One liar cannot make us begin a height in which there is nothing to decide.
    if consensus.heard > consensus.faulty { run(.start) }
  }

  private mutating func take(certificate votes: [SignedVote]) {
    guard let certificate = try? Certificate(votes, validators: consensus.validators),
      certificate.vote.chain == consensus.chain, certificate.vote.height == consensus.height,
      !consensus.holds(certificate), areSigned(votes, by: consensus.validators)
    else { return }
    run(.start)
    run(.certificate(certificate))
  }

  private mutating func take(_ signed: SignedProposal, _ block: ProposedBlock, _ votes: [SignedVote]) {
    let proposal = signed.proposal
    guard let validator = consensus.validators.validator(voting: signed.author), proposal.chain == consensus.chain,
      proposal.height >= consensus.height, isSigned(signed.line, validator.vote),
      isPresent(proposal.height, signed.author, .proposal(signed, block, votes))
    else { return }
    if !consensus.holds(signed), block.root(after: ledger.tiles) == proposal.root {
      judge(signed, block)
    }
    if proposal.height == consensus.height, !votes.isEmpty { take(certificate: votes) }
  }

  private mutating func judge(_ signed: SignedProposal, _ block: ProposedBlock) {
    let root = signed.proposal.root
    let known = candidates[root] ?? candidate(block, root: root)
    let isTimely = isTimely(block, in: signed.proposal.round)
    if let known {
      run(.start)
      candidates[root] = known
    }
    run(.proposal(signed, Verdict(isValid: known != nil, isTimely: isTimely)))
  }

  /// Takes over a block that others have decided.
  private mutating func adopt(_ block: ProposedBlock, _ votes: [SignedVote]) {
    guard let certificate = try? Certificate(votes, validators: consensus.validators),
      certificate.vote.step == .precommit, certificate.vote.chain == consensus.chain,
      certificate.vote.height == consensus.height, block.root(after: ledger.tiles) == certificate.root,
      areSigned(votes, by: consensus.validators)
    else { return }
    guard let candidate = candidates[certificate.root] ?? candidate(block, root: certificate.root) else {
      return halt(disagreement(with: block))
    }
    decide(candidate, certificate)
  }

  private func disagreement(with block: ProposedBlock) -> Divergence {
    var trial = ledger
    let height = consensus.height
    guard let said = try? BlockLine(block.line) else {
      return Divergence(sentence: "the decided block \(height) cannot be read", height: nil, leaves: nil)
    }
    do throws(ReplayError) {
      try trial.follow(LogBlock(first: ledger.size, entries: block.entries, line: block.line, block: said))
      return Divergence(
        sentence: "the decided block \(height) carries signatures that do not verify", height: nil, leaves: nil)
    } catch {
      guard said.state != ledger.state else {
        return Divergence(sentence: error.description, height: nil, leaves: nil)
      }
      return Divergence(sentence: error.description, height: ledger.state.height, leaves: agreedSize..<stateSize)
    }
  }

  mutating func tick() {
    (served, hasLeftRounds) = ([:], false)
    // The cosignature is worth repeating only while the checkpoint is not final everywhere; it is one line.
    if let mine = cosignatures.mine, !mine.note.signatures.isEmpty { effects.append(.broadcast(.cosigned(mine))) }
    effects.append(.broadcast(.status(height: consensus.height)))
    guard halted == nil else { return }
    askWhetherToSpeak()
    inquireAgain()
    accuse()
    let local = mempool.entries.lazy.filter(\.isLocal).prefix(64).map(\.facts.entry.line)
    if !local.isEmpty { effects.append(.broadcast(.entries(Array(local)))) }
    if !mempool.isEmpty { wake() }
    guard consensus.isStarted else { return }
    let known = consensus.known
    for proposal in known.proposals {
      guard let block = candidates[proposal.proposal.root]?.block else { continue }
      let reason = proposal.proposal.validRound.flatMap { consensus.prevotes(in: $0) }?.votes ?? []
      effects.append(.broadcast(.proposal(proposal, block, reason)))
    }
    for certificate in known.certificates { effects.append(.broadcast(.certificate(certificate.votes))) }
    if !known.votes.isEmpty { effects.append(.broadcast(.votes(known.votes))) }
  }
}
