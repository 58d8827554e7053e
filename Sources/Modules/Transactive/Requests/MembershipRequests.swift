import Encoding
import Kernel
import Quantities

extension Transactive {
  /// Who asks, and the members of consortia.
  static let memberships: [Operation<Transactive>] = [
    Operation("authenticate") { (_, _, context) in
      .object { answer in
        answer.field("roles", each: context.author.roles) { $0.string($1.text) }
        if let party = context.author.party { answer.field("party", party) }
      }
    },
    Operation("consortium_add") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumChanged(
        consortium: consortium, joined: try request.parameters.valueIfPresent("members") ?? [],
        added: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: named("consortium", consortium))
    },
    Operation("consortium_remove") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumChanged(
        consortium: consortium, left: try request.parameters.valueIfPresent("members") ?? [],
        removed: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: named("consortium", consortium))
    },
  ]
}
