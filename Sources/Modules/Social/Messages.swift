import Encoding
import Kernel
import Quantities

extension ChallengeRecommended {
  /// `consumers_rec` of Table 25.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.consumers_rec",
      [
        Field("neighbourhood", \.event.area), Field("consumer", \.event.party),
        Field("recs") { $0.event.challenges.map { Period($0.start, $0.end, Recommendation(challenge: $0)) } },
      ])
  ]
}

extension NeighboursProposed {
  /// `neighbourhood_users` of Table 25: pseudonyms, and the city as their location.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.neighbourhood_users",
      [
        Field("neighbourhood", \.event.area),
        Field("consumers") { told in
          // An event of an unknown area is refused before it is told of.
          told.event.parties.map { Consumer(user: $0, location: told.context.registry.area(told.event.area)!.city) }
        },
      ])
  ]
}

extension PointsRewarded {
  /// `user_rewards` of Table 25: `type` is true for points.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.user_rewards",
      [
        Field("user", \.event.party), Field("type") { _ in true }, Field("kind") { _ in "points" },
        Field("points", \.event.points), Field("rewards", \.event.rewards),
      ])
  ]
}

extension BadgeAwarded {
  /// `user_rewards` of Table 25: `type` is false for badges.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.user_rewards",
      [
        Field("user", \.event.party), Field("type") { _ in false }, Field("kind") { _ in "badge" },
        Field("points") { _ in 0 }, Field("rewards", \.event.rewards),
      ])
  ]
}

extension PointsRedeemed {
  /// `points_redeemed`: where points go.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.points_redeemed",
      [Field("user", \.event.party), Field("points", \.event.points), Field("good", \.event.good)])
  ]
}

extension SettingsChosen {
  /// `user_configuration_settings` of Table 25.
  public static let messages = [
    MessageTemplate<Self>(
      "M8.notif.user_configuration_settings",
      [Field("user", \.event.party), Field("settings", \.event.settings)])
  ]
}

private struct Recommendation: PeriodContent {
  let challenge: Challenge

  static var properties: [Schema.Property] {
    [
      Schema.Property(name: "description", schema: String.schema),
      Schema.Property(name: "target", schema: Decimal<Energy>.schema),
      Schema.Property(name: "unit", schema: .constant(Energy.decimalUnit)),
    ]
  }

  func write(fields writer: inout JSONWriter) {
    writer.field("description", challenge.description)
    writer.field("target") { Decimal(challenge.target).write(to: &$0) }
    writer.field("unit", Energy.decimalUnit)
  }
}

private struct Consumer: WrittenValue {
  let user: PartyID
  let location: String

  static var schema: Schema {
    .object([
      Schema.Property(name: "user", schema: PartyID.schema), Schema.Property(name: "location", schema: String.schema),
    ])
  }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("user", user)
      fields.field("location", location)
    }
  }
}
