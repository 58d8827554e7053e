import Encoding
import Kernel
import Quantities

extension Transactive {
  /// What modules ask M9 for (the catalogue's gaps 16 to 21 and 24).
  public static let operations: [Operation<Transactive>] = registration + accounts

  /// The LEM that a request names, or the only one.
  func lem(_ request: Request) throws(Rejection) -> LEMID {
    if try request.parameters.textIfPresent("lem") != nil { return try request.parameters.identifier("lem") }
    guard lems.count == 1, let only = lems.keys.first else {
      throw Rejection(.malformed, "parameter_missing", "there are \(lems.count) LEMs, and the request has no \"lem\"")
    }
    return only
  }

  static let registration: [Operation<Transactive>] = [
    Operation("authenticate") { (_, _, context) in
      .object { answer in
        answer.field("roles", each: context.author.roles) { $0.string($1.text) }
        if let party = context.author.party { answer.field("party", party) }
      }
    },
    Operation("create_account") { (state, request, context) throws(Rejection) in
      let prosumer: PartyID = try request.parameters.identifier("prosumer")
      let lem = try state.lem(request)
      let joined = context.registry.participant(prosumer) == nil && context.registry.consortium(prosumer) == nil
      let opened = AccountOpened(lem: lem, party: prosumer)
      return .events(
        joined ? [ParticipantJoined(participant: prosumer), opened] : [opened],
        answer: object { answer in
          answer.field("prosumer", prosumer)
          answer.field("lem_ID", lem)
        })
    },
    Operation("register_device") { (_, request, _) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      let owners: Shares = try request.parameters.value("owners")
      let event = DeviceRegistered(device: device, kind: try request.parameters.value("kind"), owners: owners)
      return .events([event], answer: object { $0.field("device", device) })
    },
    Operation("remove_device") { (_, request, _) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      return .events([DeviceRemoved(device: device)], answer: object { $0.field("device", device) })
    },
    Operation("register_consortium") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumFormed(
        consortium: consortium, members: try request.parameters.valueIfPresent("members") ?? [],
        devices: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: object { $0.field("consortium", consortium) })
    },
    Operation("consortium_add") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumChanged(
        consortium: consortium, joined: try request.parameters.valueIfPresent("members") ?? [],
        added: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: object { $0.field("consortium", consortium) })
    },
    Operation("consortium_remove") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumChanged(
        consortium: consortium, left: try request.parameters.valueIfPresent("members") ?? [],
        removed: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: object { $0.field("consortium", consortium) })
    },
  ]

  static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] { JSONWriter.bytes { $0.object(body) } }
}
