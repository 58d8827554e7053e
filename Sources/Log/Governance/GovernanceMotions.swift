import Cryptography
import Encoding

/// Proposing, approving, withdrawing.
extension Governance {
  mutating func propose(_ motion: Motion, _ author: KeyID) throws(LogError) {
    let isValidator = try requireAuthority(over: motion, author)
    guard !open.contains(where: { $0.motion == motion }), !scheduled.contains(where: { $0.motion == motion }) else {
      throw LogError(.motionExists, "the motion \(motion.name) is open already, or approved")
    }
    let own = open.count { $0.proposer == author } + scheduled.count { $0.proposer == author }
    guard own < Self.maximumMotions else {
      throw LogError(.motionsFull, "key \(author) has \(own) motions that are not in effect yet; that is the most")
    }
    guard (1...height + Motion.furthestHeight).contains(motion.height) else {
      throw LogError(
        .governance, "a motion takes effect at height \(height + Motion.furthestHeight) at the latest")
    }
    guard motion.expires > time, motion.expires <= time.advanced(byMilliseconds: Motion.longestWait) else {
      throw LogError(.governance, "a motion expires after the block before it, \(time), and within 366 days of it")
    }
    try rehearse(motion, at: max(motion.height, height + 1))
    open.append(OpenMotion(motion: motion, proposer: author, approvals: isValidator ? [author] : []))
    if isValidator { try decide(open.count - 1) }
  }

  /// Refuses a motion that `author` may not propose; answers whether a voting key does.
  private func requireAuthority(over motion: Motion, _ author: KeyID) throws(LogError) -> Bool {
    let voter = validators.validator(voting: author)
    guard let own = voter ?? validators.validators.first(where: { $0.root?.id == author }) else {
      throw LogError(.authority, "governance needs a validator's voting key")
    }
    for change in motion.changes {
      if case .replaced(let validator) = change {
        guard validator.name.isSame(as: own.name) else {
          throw LogError(
            .authority, "the keys of \(quoted(validator.name)) are its own to replace; others may remove it")
        }
      } else if voter == nil {
        throw LogError(.authority, "a root key replaces its validator's keys and does nothing else")
      }
    }
    return voter != nil
  }

  mutating func approve(_ name: Digest, _ author: KeyID) throws(LogError) {
    try requireValidator(author)
    let place = try place(of: name)
    guard !open[place].approvals.contains(author) else {
      throw LogError(.approvalExists, "key \(author) has approved the motion before")
    }
    open[place].approvals.append(author)
    try decide(place)
  }

  mutating func withdraw(_ name: Digest, _ author: KeyID) throws(LogError) {
    let place = try place(of: name)
    guard open[place].proposer == author else {
      throw LogError(.authority, "a motion is withdrawn with the key that proposed it")
    }
    open.remove(at: place)
  }

  private func place(of name: Digest) throws(LogError) -> Int {
    guard let place = open.firstIndex(where: { $0.motion.name == name }) else {
      throw LogError(.motionUnknown, "no motion \(name) waits for approval: it was never made, or is over")
    }
    return place
  }

  /// Schedules the open motion at `place` if a quorum of those who are validators now have approved it.
  private mutating func decide(_ place: Int) throws(LogError) {
    let candidate = open[place]
    guard candidate.approvals.count(where: { validators.validator(voting: $0) != nil }) >= validators.quorum else {
      return
    }
    let (motion, height) = (candidate.motion, max(candidate.motion.height, height + 1))
    try rehearse(motion, at: height)
    open.remove(at: place)
    scheduled.insert(
      ScheduledMotion(motion: motion, proposer: candidate.proposer, height: height),
      at: scheduled.firstIndex { $0.height > height } ?? scheduled.count)
  }

  /// Forgets what may not be decided any more: motions that have expired, and what those who left have said.
  mutating func forgetMotions() {
    let (time, validators) = (time, validators)
    open.removeAll { candidate in
      candidate.motion.expires <= time
        || !validators.validators.contains { [$0.vote.id, $0.root?.id].contains(candidate.proposer) }
    }
    for place in open.indices {
      open[place].approvals.removeAll { validators.validator(voting: $0) == nil }
    }
  }
}
