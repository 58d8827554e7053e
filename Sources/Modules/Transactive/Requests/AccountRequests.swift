import Encoding
import Kernel
import Quantities

extension Transactive {
  /// What M9 is asked about accounts, devices and consortia (D7.1 section 5.9.2; catalogue's gaps 16 to 21).
  public static let operations: [Operation<Transactive>] =
    accounts + memberships + deals

  private static let accounts: [Operation<Transactive>] = [
    Operation("create_account") { (state, request, context) throws(Rejection) in
      let party: PartyID = try request.parameters.identifier("prosumer")
      let lem = try state.lem(of: request)
      let joined: [any ModuleEvent] =
        context.registry.participant(party) == nil ? [ParticipantJoined(participant: party)] : []
      return .events(joined + [AccountOpened(lem: lem, party: party)], answer: named("prosumer", party))
    },
    Operation("close_account", "inactivate_account") { (state, request, _) throws(Rejection) in
      let party: PartyID = try request.parameters.identifier("prosumer")
      return .events([AccountClosed(lem: try state.lem(of: request), party: party)], answer: named("prosumer", party))
    },
    Operation("register_device") { (_, request, _) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      let event = DeviceRegistered(
        device: device, kind: try request.parameters.value("kind"), owners: try request.parameters.value("owners"))
      return .events([event], answer: named("device", device))
    },
    Operation("remove_device") { (_, request, _) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      return .events([DeviceRemoved(device: device)], answer: named("device", device))
    },
    Operation("register_consortium") { (_, request, _) throws(Rejection) in
      let consortium: PartyID = try request.parameters.identifier("consortium")
      let event = ConsortiumFormed(
        consortium: consortium, members: try request.parameters.value("members"),
        devices: try request.parameters.valueIfPresent("devices") ?? [])
      return .events([event], answer: named("consortium", consortium))
    },
    Operation("get_balance") { (state, request, _) throws(Rejection) in
      let (lem, account) = (try state.lem(of: request), try account(of: request))
      guard let balance = state.balance(of: account, in: lem) else {
        throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(account)")
      }
      return .object { answer in
        answer.field("account", account.description)
        answer.field("currency", state.lems[lem]!.terms.currency.code)
        answer.field("money", balance.money)
        answer.field("energy_wh", balance.energy)
        answer.field("tokens_wh", balance.tokens)
      }
    },
    Operation("get_history") { (state, request, context) throws(Rejection) in
      let lem = try state.lem(of: request)
      let (from, to) = (try request.parameters.time("from"), try request.parameters.time("to"))
      guard from < to else { throw Rejection(.invalid, "period_invalid", "\(to) is not after \(from)") }
      if try request.parameters.textIfPresent("kind") == "device" {
        let device: DeviceID = try request.parameters.identifier("id")
        try context.registry.requireDevice(device)
        return .history(HistoryQuery(lem: lem, account: nil, device: device, period: from..<to))
      }
      let account = try account(of: request)
      guard state.balance(of: account, in: lem) != nil else {
        throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(account)")
      }
      return .history(HistoryQuery(lem: lem, account: account.description, period: from..<to))
    },
  ]

  /// The market that a request names, or the only one.
  func lem(of request: Request) throws(Rejection) -> LEMID {
    if let text = try request.parameters.textIfPresent("lem_ID") {
      guard let lem = try? LEMID(text), lems[lem] != nil else {
        throw Rejection(.unknown, "lem_unknown", "there is no LEM \(quoted(text))")
      }
      return lem
    }
    guard lems.count == 1, let only = lemIDs.first else {
      throw Rejection(.malformed, "parameter_missing", "there are \(lems.count) LEMs; name one as \"lem_ID\"")
    }
    return only
  }

  /// The account of the party `id`, or the grid's where `kind` is "grid".
  static func account(of request: Request) throws(Rejection) -> Account {
    switch try request.parameters.textIfPresent("kind") ?? "prosumer" {
    case "grid": return .grid
    case "prosumer", "consortium": return .party(try request.parameters.identifier("id"))
    case let other:
      throw Rejection(.malformed, "parameter_invalid", "\(quoted(other)) is not prosumer, consortium or grid")
    }
  }

  static func named<Kind>(_ name: String, _ id: Identifier<Kind>) -> [UInt8] {
    JSONWriter.bytes { writer in writer.object { $0.field(name, id) } }
  }
}
