import Community
import Consensus
import Cryptography
import Log
import Quantities

/// A block of the height that is being decided, carried out on a copy of the ledger.
struct Candidate: Sendable {
  var block: ProposedBlock
  var root: Digest
  /// The block as it will be stored.
  var sealed: SealedBlock
  /// The ledger after it.
  var ledger: Ledger
}

extension Replica {
  /// A new block of what waits; nil where nothing that waits may happen.
  mutating func newCandidate() -> Candidate? {
    // Without the precommits that decided the last block no line can follow it; the next proposer has them.
    guard !mempool.isEmpty, ledger.height == 0 || !isTogether || !lastPrecommits.isEmpty else { return nil }
    var trial = ledger
    let time = max(now, ledger.time)
    var lines: [SignedLine] = []
    var room = ProposedBlock.maximumLength
    // A block that could not be decided in its round may have been too much work for slow machines: the next is half of it.
    let most = max(16, min(ProposedBlock.maximumEntries, mempool.entries.count) >> min(consensus.round, 12))
    for waiting in mempool.entries {
      let line = waiting.facts.entry.line
      guard lines.count < most, room >= line.bytes.count else { break }
      do {
        _ = try trial.append(waiting.facts, leaf: MerkleHash.leaf(line.bytes), time: time)
        lines.append(line)
        room -= line.bytes.count + 1
      } catch {
        continue
      }
    }
    guard !lines.isEmpty else { return nil }
    let precommits = consensus.height == 1 ? [] : carriedPrecommits
    guard
      let sealed = attempt({ () throws(LogError) in
        try trial.seal(at: time, vote: keys.vote, cosigners: [], precommits: precommits)
      }), let line = attempt({ () throws(LogError) in try SignedLine(sealed.line) })
    else { return nil }
    let block = ProposedBlock(line: line, entries: lines)
    return Candidate(block: block, root: trial.tiles.root, sealed: sealed, ledger: trial)
  }

  /// Whether several validators decided the last block, so that the next line carries their precommits.
  private var isTogether: Bool { deciders.validators.count > 1 }

  /// A single validator's signature on the line is its precommit.
  private var carriedPrecommits: [Precommit] { isTogether ? lastPrecommits : [] }

  /// `valid(v)`: the block carried out, if all of its entries may happen and its line is the one that follows.
  func candidate(_ block: ProposedBlock, root: Digest) -> Candidate? {
    guard !block.entries.isEmpty, block.entries.count <= ProposedBlock.maximumEntries,
      block.entries.reduce(0, { $0 + $1.bytes.count + 1 }) <= ProposedBlock.maximumLength,
      let validator = consensus.validators.validator(voting: block.line.author), isSigned(block.line, validator.vote),
      let said = try? BlockLine(block.line), hasPrecommits(said)
    else { return nil }
    var trial = ledger
    let sealedLine = LogBlock(first: ledger.size, entries: block.entries, line: block.line, block: said)
    guard let sealed = try? trial.accept(sealedLine), trial.tiles.root == root else { return nil }
    let keyRing = trial.community.keys
    for entry in block.entries where !mempool.holds(entry) {
      guard let holder = keyRing.holder(entry.author), isSigned(entry, holder.grant.key) else { return nil }
    }
    return Candidate(block: block, root: root, sealed: sealed, ledger: trial)
  }

  /// Whether the line carries the votes that decided the block before it.
  private func hasPrecommits(_ line: BlockLine) -> Bool {
    guard ledger.height > 0, isTogether else { return line.precommits.isEmpty }
    let certificate = try? Certificate(
      line.precommits, chain: consensus.chain, height: ledger.height, root: ledger.tiles.root, validators: deciders)
    return certificate.map { areSigned($0.votes, by: deciders) } ?? false
  }

  /// Whether each vote bears the signature of one of `validators`.
  func areSigned(_ votes: [SignedVote], by validators: ValidatorSet) -> Bool {
    votes.allSatisfy { vote in
      validators.validator(voting: vote.author).map { isSigned(vote.line, $0.vote) } ?? false
    }
  }

  /// Whether a block's time is near this machine's clock; the tolerance grows with the rounds, so that it never stops the log.
  func isTimely(_ block: ProposedBlock, in round: Int) -> Bool {
    guard let line = try? BlockLine(block.line) else { return false }
    let tolerance = Self.clockTolerance * (1 + min(round, 1000))
    return abs(line.time.milliseconds - now.milliseconds) <= tolerance || line.time == ledger.time
  }
}
