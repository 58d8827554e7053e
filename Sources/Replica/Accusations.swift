import Community
import Cryptography
import Log
import Quantities

/// Evidence that this validator has seen and the log does not have yet.
struct Accusations: Sendable {
  private struct Pending {
    var evidence: Evidence
    var ticks = 0
    var entry: SignedLine?
  }

  private var pending: [KeyID: Pending] = [:]

  /// Whether all that was seen is on the log.
  var isEmpty: Bool { pending.isEmpty }

  /// `evidence` was seen.
  mutating func add(_ evidence: Evidence) {
    if pending[evidence.author] == nil { pending[evidence.author] = Pending(evidence: evidence) }
  }

  /// A second has passed: forgets what is on the log; answers what is this validator's to submit, which has the place `place`.
  ///
  /// One after the other submits, so that one entry is enough; whoever says nothing is followed by the next.
  mutating func tick(
    place: Int, isProven: (KeyID) -> Bool, waits: (SignedLine) -> Bool
  ) -> [Evidence] {
    var due: [Evidence] = []
    for (key, before) in pending.sorted(by: { $0.key.description < $1.key.description }) {
      guard !isProven(key) else {
        pending[key] = nil
        continue
      }
      pending[key]!.ticks += 1
      if before.ticks >= 3 * place, !(before.entry.map(waits) ?? false) { due.append(before.evidence) }
    }
    return due
  }

  /// The entry `line` submits the evidence against `key`.
  mutating func submitted(_ line: SignedLine, against key: KeyID) { pending[key]?.entry = line }
}

extension Replica {
  /// Keeps `evidence` until the log has evidence against the same key.
  mutating func keep(_ evidence: Evidence) {
    guard evidence.author != keys.vote.id, !ledger.community.governance.isGuilty(evidence.author) else { return }
    accusations.add(evidence)
  }

  /// Submits evidence under this validator's voting key, if it is its turn and the key may speak.
  mutating func accuse() {
    guard !accusations.isEmpty else { return }
    let validators = consensus.validators.validators
    guard let place = validators.firstIndex(where: { $0.vote.id == keys.vote.id }) else {
      // Those who decide have seen it too; whoever does not decide may have no key to say it with.
      accusations = Accusations()
      return
    }
    let governance = ledger.community.governance
    let due = accusations.tick(place: place, isProven: governance.isGuilty, waits: { mempool.holds($0) })
    for evidence in due {
      let holder = governance.keys.holder(keys.vote.id)
      let sequence = max(holder?.sequence ?? 0, mempool.lastSequence(of: keys.vote.id)) + 1
      let draft = attempt { () throws(LogError) in
        try EntryDraft(
          chain: consensus.chain, id: .accusation, sequence: sequence, at: now, events: [evidence.event.bytes]
        ).signed(by: keys.vote)
      }
      guard let line = draft, let facts = try? EntryFacts(line: line) else { continue }
      var trial = ledger
      guard (try? trial.append(facts, leaf: MerkleHash.leaf(line.bytes), time: max(now, ledger.time))) != nil,
        case .added = mempool.add(facts, isLocal: true)
      else { continue }
      accusations.submitted(line, against: evidence.author)
      effects.append(.broadcast(.entries([line])))
      wake()
    }
  }
}

extension EntryID {
  fileprivate static let accusation: EntryID = {
    guard let id = try? EntryID("accusation") else { preconditionFailure("accusation is an identifier") }
    return id
  }()
}
