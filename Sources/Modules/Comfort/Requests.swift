import Encoding
import Kernel
import Quantities

extension Comfort {
  /// `get_preferences` and `get_comfort_level`, both of a `user`.
  public static let operations: [Operation<Comfort>] = [
    Operation("get_preferences") { (state, request, _) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("user")
      guard let chosen = state.preferences[user] else {
        throw Rejection(.unknown, "no_data", "\(user) has chosen no preferences")
      }
      return .object { answer in
        answer.field("user", user)
        answer.field("temperature") { chosen.temperature.write(to: &$0) }
        answer.field("humidity") { chosen.humidity.write(to: &$0) }
        answer.field("willingness") { Decimal(chosen.willingness).write(to: &$0) }
      }
    },
    Operation("get_comfort_level") { (state, request, _) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("user")
      guard let level = state.levels[user] else {
        throw Rejection(.unknown, "no_data", "no comfort level of \(user) is known")
      }
      return .object { answer in
        answer.field("user", user)
        answer.field("value") { Decimal(level.value).write(to: &$0) }
        answer.field("tolerance") { Tolerance(minimum: level.minimum, maximum: level.maximum).write(to: &$0) }
      }
    },
  ]
}
