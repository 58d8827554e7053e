import Encoding
import Kernel
import Quantities

extension Social {
  /// `get_points` and `get_settings`, both of a `user`.
  public static let operations: [Operation<Social>] = [
    Operation("get_points") { (state, request, context) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("user")
      try context.registry.requireActive(user)
      return .object { answer in
        answer.field("user", user)
        answer.field("points", state.points(of: user))
      }
    },
    Operation("get_settings") { (state, request, context) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("user")
      try context.registry.requireActive(user)
      return .value(state.settings[user]?.settings ?? [])
    },
  ]
}
