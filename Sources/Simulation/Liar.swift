import Community
import Consensus
import Cryptography
import Log
import Quantities
import Replica

/// A validator that lies in every way: it follows the log as the honest do, and says to each what it likes.
struct Liar {
  var replica: Replica
  let keys: ValidatorKeys
  private let community: SimulatedCommunity
  private var random: SplitMix64
  /// Blocks that were proposed at the present height: what can be voted for.
  private var roots: [Digest] = []
  private var height = 0
  /// Whether it tells one half of the others one thing and the rest another, as its accomplices do.
  private let isSplitting: Bool
  private var proposed: [Int: [Digest]] = [:]
  /// The place from which on all validators lie.
  private let firstLiar: Int
  /// Whether they are enough to make a fork, and do.
  private let isFork: Bool

  init(
    _ replica: Replica, _ keys: ValidatorKeys, _ community: SimulatedCommunity, firstLiar: Int, isFork: Bool,
    seed: UInt64
  ) {
    (self.replica, self.keys, self.community) = (replica, keys, community)
    (self.firstLiar, self.isFork) = (firstLiar, isFork)
    random = SplitMix64(seed: seed)
    isSplitting = random.happens(500) || isFork
  }

  /// A message to one validator.
  typealias Message = (to: Int, packet: Packet)

  /// What it says of what reaches it.
  mutating func step(_ input: Replica.Input, at now: Instant, peers: [Int]) -> (say: [Message], wait: [Timeout]) {
    var messages: [Message] = []
    var waits: [Timeout] = []
    if case .receive(let packet, _) = input { messages += react(to: packet, peers) }
    replica.forgetLock()
    for effect in replica.step(input, at: now) {
      switch effect {
      case .schedule(let timeout): waits.append(timeout)
      case .broadcast(let packet): messages += twist(packet, peers)
      case .send(let packet, let name):
        if let to = community.keys.firstIndex(where: { $0.name == name }), peers.contains(to) {
          messages.append((to, packet))
        }
      default: break
      }
    }
    return (messages, waits)
  }

  /// Votes for whatever is proposed, before some of the others.
  private mutating func react(to packet: Packet, _ peers: [Int]) -> [Message] {
    guard case .proposal(let signed, _, _) = packet else { return [] }
    let proposal = signed.proposal
    see(proposal)
    if isSplitting { return split([proposal], peers) }
    guard random.happens(500) else { return [] }
    return peers.flatMap { peer -> [Message] in
      guard random.happens(600) else { return [] }
      return Vote.Step.allCases.map { (peer, vote(proposal.height, proposal.round, $0, proposal.root)) }
    }
  }

  private mutating func see(_ proposal: Proposal) {
    if proposal.height != height { (height, roots, proposed) = (proposal.height, [], [:]) }
    if !roots.contains(proposal.root), roots.count < 8 { roots.append(proposal.root) }
  }

  /// Votes before each half for the block that this half was shown; the precommit is often shown to one alone.
  ///
  /// Of an accomplice's proposals both are awaited.
  private mutating func split(_ proposals: [Proposal], _ peers: [Int]) -> [Message] {
    guard let proposal = proposals.first, proposed.count < 32 || proposed[proposal.round] != nil else { return [] }
    var shown = proposed[proposal.round, default: []]
    let before = shown.count
    for proposal in proposals where shown.count < 2 && !shown.contains(proposal.root) { shown.append(proposal.root) }
    shown.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    proposed[proposal.round] = shown
    let isOurs = (proposal.height - 1 + proposal.round) % community.keys.count >= firstLiar
    guard shown.count > before, shown.count == 2 || !isOurs else { return [] }
    let favourite = random.happens(600) && !isFork ? random.pick(0...(community.keys.count - 1)) : nil
    return peers.flatMap { peer -> [Message] in
      let root = shown[peer % shown.count]
      let prevote = (peer, vote(proposal.height, proposal.round, .prevote, root))
      guard favourite == nil || favourite == peer else { return [prevote] }
      return [prevote, (peer, vote(proposal.height, proposal.round, .precommit, root))]
    }
  }

  private func vote(_ height: Int, _ round: Int, _ step: Vote.Step, _ root: Digest?) -> Packet {
    let vote = Vote(chain: community.genesis.origin, height: height, round: round, step: step, root: root)
    return .votes((try? SignedVote(vote, by: keys.vote)).map { [$0] } ?? [])
  }

  /// Says something else than it should, or nothing.
  private mutating func twist(_ packet: Packet, _ peers: [Int]) -> [Message] {
    if random.happens(100) { return [] }
    switch packet {
    case .votes(let votes) where votes.count == 1: return peers.compactMap { twist(votes[0].vote, for: $0) }
    case .proposal(let signed, let block, let votes) where random.happens(600):
      return twist(signed, block, votes, peers)
    case .cosigned(let checkpoint) where random.happens(300):
      let lie = Checkpoint(
        origin: checkpoint.checkpoint.origin, size: checkpoint.checkpoint.size, root: MerkleHash.leaf(checkpoint.bytes))
      let note = try? CosignedCheckpoint(lie, at: SimulatedCommunity.start, by: [(keys.name, keys.cosign)])
      return note.map { note in peers.map { ($0, .cosigned(note)) } } ?? []
    default: return peers.map { ($0, packet) }
    }
  }

  private mutating func twist(_ vote: Vote, for peer: Int) -> Message? {
    switch random.pick(0...9) {
    case 0: nil
    case 1: (peer, self.vote(vote.height, vote.round, vote.step, nil))
    case 2: (peer, self.vote(vote.height, vote.round + random.pick(1...1_000_000), vote.step, vote.root))
    case 3: (peer, self.vote(vote.height + random.pick(1...3), vote.round, vote.step, vote.root))
    case 4, 5, 6:
      (
        peer,
        self.vote(vote.height, vote.round, vote.step, roots.isEmpty ? nil : roots[random.pick(0...(roots.count - 1))])
      )
    default: (peer, self.vote(vote.height, vote.round, vote.step, vote.root))
    }
  }

  /// Two proposals in one round, the second of a block that is late, short, or wrong.
  private mutating func twist(
    _ signed: SignedProposal, _ block: ProposedBlock, _ votes: [SignedVote], _ peers: [Int]
  ) -> [Message] {
    let packet = Packet.proposal(signed, block, votes)
    guard let other = another(block) else { return peers.map { ($0, packet) } }
    let old = signed.proposal
    let root = other.root(after: replica.ledger.tiles)
    let proposal = Proposal(
      chain: old.chain, height: old.height, round: old.round, validRound: random.happens(800) ? old.validRound : 0,
      root: root)
    guard replica.ledger.height + 1 == old.height, proposal.validRound.map({ $0 < proposal.round }) ?? true,
      let lie = try? SignedProposal(proposal, by: keys.vote)
    else { return peers.map { ($0, packet) } }
    see(old)
    see(proposal)
    let second = Packet.proposal(lie, other, votes)
    guard isSplitting else { return peers.map { ($0, random.happens(500) ? packet : second) } }
    let isFirst = old.root.bytes.lexicographicallyPrecedes(root.bytes)
    let mine = split([old, proposal], peers)
    return peers.flatMap { peer -> [Message] in
      // Accomplices are shown both.
      if peer >= firstLiar { return [(peer, packet), (peer, second)] }
      return [(peer, (peer % 2 == 0) == isFirst ? packet : second)]
    } + mine
  }

  private mutating func another(_ block: ProposedBlock) -> ProposedBlock? {
    guard let line = try? BlockLine(block.line) else { return nil }
    var entries = block.entries
    var (time, state, precommits) = (line.time, line.state, line.precommits)
    switch isSplitting ? 0 : random.pick(0...6) {
    case 0: time = time.advanced(byMilliseconds: 1)
    case 1: time = time.advanced(byMilliseconds: random.pick(60_000...100_000_000))
    case 2: state = .init(height: state.height, digest: SHA256.hash(state.digest.bytes))
    case 3: entries.append(community.wrong[random.pick(0...(community.wrong.count - 1))])
    case 4: entries.removeLast()
    case 5: if !precommits.isEmpty { precommits.removeLast() } else { time = time.advanced(byMilliseconds: 2) }
    default:
      guard
        let forged = try? SignedLine(
          .entry, payload: entries[0].payload, author: entries[0].author, signature: Array(repeating: 7, count: 64))
      else { return nil }
      entries[0] = forged
    }
    let lie = BlockLine(
      chain: line.chain, height: line.height, time: time, previous: line.previous, first: line.first,
      validators: line.validators, state: state, precommits: precommits)
    guard let signed = try? lie.signed(by: keys.vote) else { return nil }
    return ProposedBlock(line: signed, entries: entries)
  }
}
