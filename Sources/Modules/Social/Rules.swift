import Kernel
import Quantities

extension ChallengeRecommended: ModuleEvent {
  /// Refuses an unknown area or participant, and a challenge that has passed.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(.module(.social))
    try context.registry.requireArea(area)
    try context.registry.requireActive(party)
    for challenge in challenges { try context.requirePeriod(challenge.start, challenge.end) }
  }

  /// The newest recommendation stands.
  public func apply(to state: inout Social, in context: Context) { state.challenges.put(self) }
}

extension NeighboursProposed: ModuleEvent {
  /// Refuses an unknown area or participant, and one named twice.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(.module(.social))
    try context.registry.requireArea(area)
    for party in parties { try context.registry.requireActive(party) }
    guard Set(parties).count == parties.count else {
      throw Rejection(.invalid, "proposal_invalid", "a participant is named twice")
    }
  }

  /// The newest proposal stands.
  public func apply(to state: inout Social, in context: Context) { state.proposals.put(self) }
}

extension PointsRewarded: ModuleEvent {
  /// Refuses an unknown participant, no points or fewer, and more than are ever issued.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(.module(.social))
    try context.registry.requireActive(party)
    guard points > 0, points <= PointsBook.maximumIssued - state.points.issued else {
      throw Rejection(
        .invalid, "reward_invalid",
        "a reward is 1 to \(PointsBook.maximumIssued - state.points.issued) points, not \(points)")
    }
  }

  /// The participant has more.
  public func apply(to state: inout Social, in context: Context) { state.points.issue(points, to: party) }
}

extension PointsRedeemed: ModuleEvent {
  /// A participant redeems its own; refuses more than it has.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(speakerFor: party, or: .module(.social))
    try context.registry.requireActive(party)
    guard points > 0 else { throw Rejection(.invalid, "reward_invalid", "\(points) points redeem nothing") }
    guard points <= state.points(of: party) else {
      throw Rejection(
        .invalid, "points_insufficient", "\(party) has \(state.points(of: party)) points, not \(points)")
    }
  }

  /// The participant has fewer.
  public func apply(to state: inout Social, in context: Context) { state.points.redeem(points, of: party) }
}

extension BadgeAwarded: ModuleEvent {
  /// Refuses an unknown participant.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(.module(.social))
    try context.registry.requireActive(party)
  }

  /// A badge counts nothing.
  public func apply(to state: inout Social, in context: Context) {}
}

extension SettingsChosen: ModuleEvent {
  /// A participant chooses for itself; refuses a setting named twice.
  public func check(_ state: Social, in context: Context) throws(Rejection) {
    try context.require(speakerFor: party, or: .module(.social))
    try context.registry.requireActive(party)
    guard Set(settings.map(\.setting)).count == settings.count else {
      throw Rejection(.invalid, "setting_invalid", "a setting is named twice")
    }
  }

  /// The newest settings stand.
  public func apply(to state: inout Social, in context: Context) { state.settings.put(self) }
}
