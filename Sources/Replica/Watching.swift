import Consensus
import Log
import Quantities

/// State loss: a validator that may not know all that it has said, because its disk is not the one on which it said it.
extension Replica {
  /// Since when a validator watches that began to at `since`; nil once a block is decided that was made after that.
  ///
  /// What a validator has forgotten it said at a height that nobody had decided then. A block that is made later is of that
  /// height or a later one, so at the heights after it the validator has never spoken. Made later: its time is so far
  /// behind the beginning that no honest validator would have prevoted it before.
  ///
  /// - Parameters:
  ///   - time: the time of the newest block.
  ///   - round: the round that decided it, where that is known.
  static func watches(since: Instant?, until time: Instant, round: Int?) -> Instant? {
    guard let since, let round else { return since }
    let margin = 2 * clockTolerance * (1 + min(round, 1000))
    return time.milliseconds - since.milliseconds > margin ? nil : since
  }
}

/// The question of a validator that watches where each vote is needed, so that no block comes without its own.
///
/// No round ends without the vote of each, so this validator has never spoken more than one round ahead of any other. Each of
/// the others goes two rounds on when it is asked, and tells where it is then: there nobody has ever heard this validator.
/// What it had locked it has forgotten; they keep their locks, and one is enough to keep a second block from a quorum. All
/// of them must know what they have said themselves: so no more than one may have forgotten it at a time.
struct Recollection: Sendable {
  /// Names the question in the answers.
  let number: Int
  /// The height at which it was asked.
  let height: Int
  /// The rounds in which the others are, by name.
  var rounds: [String: Int] = [:]
}

extension Replica {
  /// Asks the others, if this validator watches at a height that cannot be decided without it.
  mutating func askWhetherToSpeak() {
    guard watchesSince != nil, isMember, consensus.me == nil, consensus.faulty == 0 else { return recollection = nil }
    if recollection?.height != consensus.height {
      recollection = Recollection(number: newQuestion(), height: consensus.height)
    }
    // Again every second: some may not have heard it.
    effects.append(.broadcast(.forgot(number: recollection!.number, height: consensus.height)))
  }

  /// `sender` does not know what it has said at `height`: leaves this round and the next behind and says so, once a second.
  mutating func leaveRounds(_ question: Int, _ height: Int, for sender: String) {
    guard isOther(sender), height == consensus.height, consensus.faulty == 0, consensus.me != nil, watchesSince == nil
    else { return }
    if forgotten[sender] != question {
      guard !hasLeftRounds, consensus.round < Consensus.lastRound else { return }
      (forgotten[sender], hasLeftRounds) = (question, true)
      let next = consensus.round + 2
      effects.append(.persist(.round(next), height: height))
      run(.leave(before: next))
    }
    // What follows may have decided the height.
    guard consensus.height == height else { return }
    effects.append(.send(.answer(number: question, height: height, round: consensus.round), to: sender))
  }

  /// `sender` has answered the question `number`: it is in `round` of `height`.
  mutating func take(answer number: Int, height: Int, round: Int?, from sender: String) {
    guard let round, round <= Consensus.lastRound, recollection?.number == number,
      recollection?.height == consensus.height, height == consensus.height, isOther(sender)
    else { return }
    recollection!.rounds[sender] = round
    guard recollection!.rounds.count == consensus.validators.validators.count - 1,
      let latest = recollection!.rounds.values.max()
    else { return }
    recollection = nil
    // Had it decided the next height, each of the others would have decided this one before.
    lastForgotten = lastForgotten ?? height + 1
    run(.speak(keys.vote.id, round: latest))
  }

  /// A height is decided: ends the watching where what this validator may have said before contradicts nothing from here on.
  mutating func watchNoLongerThanNeeded() {
    // Where nobody else decides, nobody waits for what this validator may have said. But an old block says nothing of who decides
    // today: the others have answered at this height.
    let isAlone = keys.areAlone(in: ledger.terms.present) && consensus.me != nil
    let isOver = lastForgotten.map { ledger.height >= $0 } ?? false
    watchesSince = isAlone || isOver ? nil : Self.watches(since: watchesSince, until: ledger.time, round: decidedRound)
    // Others decide from here on than those who answered.
    let areSame = ledger.terms.validators(at: ledger.height + 1) == consensus.validators
    if watchesSince == nil || !areSame { lastForgotten = nil }
  }

  private func isOther(_ name: String) -> Bool {
    name != keys.name && consensus.validators.validators.contains { $0.name == name }
  }
}
