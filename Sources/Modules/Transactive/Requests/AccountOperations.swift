import Encoding
import Kernel
import Quantities

extension Transactive {
  static let accounts: [Operation<Transactive>] = [
    Operation("get_balance") { (state, request, context) throws(Rejection) in
      let lem = try state.lem(request)
      let account = try state.account(request, context)
      guard let balance = state.balance(of: account, in: lem) else {
        throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(account) in \(lem)")
      }
      return .object { answer in
        answer.field("lem_ID", lem)
        answer.field("id", account.description)
        answer.field("money") { $0.raw(Decimals.format(balance.money.units, decimals: 9).utf8) }
        answer.field("currency", state.lems[lem]!.terms.currency.code)
        answer.field("energy") { Decimal(balance.energy).write(to: &$0) }
        answer.field("tokens", balance.wholeTokens)
      }
    },
    Operation("get_history") { (state, request, context) throws(Rejection) in
      let lem = try state.lem(request)
      let (from, to) = (try request.parameters.time("from"), try request.parameters.time("to"))
      guard from < to else { throw Rejection(.invalid, "period_invalid", "\(to) is not after \(from)") }
      if try request.parameters.textIfPresent("kind") == "device" {
        let device: DeviceID = try request.parameters.identifier("id")
        try context.registry.requireDevice(device)
        return .history(HistoryQuery(lem: lem, account: nil, device: device, period: from..<to))
      }
      let account = try state.account(request, context)
      return .history(HistoryQuery(lem: lem, account: account.description, period: from..<to))
    },
    Operation("process_transaction") { (state, request, context) throws(Rejection) in
      let offer = try state.offer(request, context)
      return .events(
        [offer],
        answer: object { answer in
          answer.field("tx", offer.deal)
          answer.field("priceHash", offer.priceHash.text)
        })
    },
    Operation("accept_transaction") { (state, request, _) throws(Rejection) in
      let deal: DealID = try request.parameters.identifier("tx")
      let event = DealAccepted(lem: try state.lem(request), deal: deal)
      return .events([event], answer: object { $0.field("tx", deal) })
    },
  ]

  /// The account that a request's `id` and `kind` name: a prosumer or consortium, or the grid.
  private func account(_ request: Request, _ context: Context) throws(Rejection) -> Account {
    let kind = try request.parameters.textIfPresent("kind") ?? "prosumer"
    switch kind {
    case "grid": return .grid
    case "prosumer": return .party(try request.parameters.identifier("id"))
    case "consortium":
      let id: PartyID = try request.parameters.identifier("id")
      guard context.registry.consortium(id) != nil else {
        throw Rejection(.unknown, "consortium_unknown", "Consortium does not exist: \(id)")
      }
      return .party(id)
    default:
      throw Rejection(
        .malformed, "parameter_invalid",
        "\(quoted(kind)) is not prosumer, consortium or grid; a device has a history only")
    }
  }

  /// The offer that a request to process a transaction comes to: at the price it names, or the slot's last.
  private func offer(_ request: Request, _ context: Context) throws(Rejection) -> DealOffered {
    let parameters = request.parameters
    let lem = try lem(request)
    let market = try known(lem)
    let start = try parameters.time("start")
    let slot: Slot
    do {
      slot = try Slot(containing: start)
    } catch {
      throw Rejection(error)
    }
    let price: Price
    if try parameters.textIfPresent("price") != nil {
      price = Price(microsPerKilowattHour: try parameters.decimal("price", decimals: 6))
    } else {
      guard let last = market.price(slot) else {
        throw Rejection(.unknown, "price_unknown", "slot \(slot) has no price yet, and the request has none")
      }
      price = last
    }
    let energy = Energy(wattHours: try parameters.decimal("units", decimals: 3))
    guard Energy.range.contains(energy.units), Price.range.contains(price.units) else {
      throw Rejection(.malformed, "parameter_invalid", "\(energy) at \(price) is beyond what a deal may be")
    }
    let device: DeviceID? = try parameters.textIfPresent("device") == nil ? nil : try parameters.identifier("device")
    return DealOffered(
      lem: lem, deal: try parameters.identifier("tx"), seller: try parameters.identifier("prosumer"),
      buyer: try parameters.identifier("destination"), device: device, slot: slot, energy: energy, price: price)
  }
}
