import Community
import Log

/// A question to the others before something is refused: is anybody ahead?
///
/// Whatever has a receipt, a quorum has decided before. So if a quorum says, once an entry is here, that it has decided no
/// more than this validator, then nothing with a receipt is missing here that could make the entry possible.
struct Inquiry: Sendable {
  /// With more entries that wait, the next tick asks.
  static let most = 256

  /// Names the question in the answers.
  let number: Int
  /// How many entries had arrived when it was asked: later ones are not judged by the answers.
  let arrivals: Int
  /// Who has answered and is not ahead.
  var level: Set<String> = []
}

extension Replica {
  /// Asks the others soon: an entry waits that may not happen as things are here.
  mutating func inquire() {
    guard mempool.entries.count <= Inquiry.most else { return }
    if inquiry == nil { ask() } else { isInquiryDue = true }
  }

  /// The number of a new question.
  mutating func newQuestion() -> Int {
    // Time too, so that an answer to a question from before a restart answers nothing.
    lastQuestion = max(lastQuestion + 1, now.milliseconds)
    return lastQuestion
  }

  private mutating func ask() {
    (inquiry, isInquiryDue) = (Inquiry(number: newQuestion(), arrivals: mempool.arrivals), false)
    effects.append(.broadcast(.ask(number: lastQuestion)))
    conclude()
  }

  /// A second has passed: what was asked may be lost, and what has waited for long may never happen.
  mutating func inquireAgain() {
    mempool.tick()
    let wasOpen = inquiry != nil
    inquiry = nil
    guard let first = mempool.entries.first, wasOpen || isInquiryDue || first.ticks > 2 else { return }
    ask()
  }

  /// `sender` has answered the question `number`: it is deciding `height`.
  mutating func take(answer number: Int, height: Int, from sender: String) {
    guard inquiry?.number == number, height <= consensus.height, inquiry!.level.count < ValidatorSet.maximumCount else {
      return
    }
    inquiry!.level.insert(sender)
    conclude()
  }

  private mutating func conclude() {
    guard let asked = inquiry else { return }
    let validators = consensus.validators
    let level = validators.validators.count { $0.name == keys.name || asked.level.contains($0.name) }
    guard level >= validators.quorum else { return }
    inquiry = nil
    refuseImpossible(arrivedUpTo: asked.arrivals)
    if isInquiryDue { ask() }
  }

  /// Refuses what may not happen after what waits before it: what was submitted here, and what has waited for three ticks.
  private mutating func refuseImpossible(arrivedUpTo arrivals: Int) {
    var trial = ledger
    let time = max(now, ledger.time)
    var refused: [SignedLine: Refusal] = [:]
    for waiting in mempool.entries.prefix(ProposedBlock.maximumEntries) {
      let line = waiting.facts.entry.line
      do {
        _ = try trial.append(waiting.facts, leaf: MerkleHash.leaf(line.bytes), time: time)
      } catch {
        if waiting.arrival <= arrivals, waiting.isLocal || waiting.ticks > 2 { refused[line] = error }
      }
    }
    guard !refused.isEmpty else { return }
    for waiting in mempool.keep({ refused[$0.entry.line] == nil }) {
      effects.append(.refuse(waiting.facts, .refused(refused[waiting.facts.entry.line]!)))
    }
  }
}
