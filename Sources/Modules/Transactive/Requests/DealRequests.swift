import Encoding
import Kernel
import Quantities

extension Transactive {
  /// Deals of two members outside the auction: the seller's request offers, the buyer's accepts (gap 19).
  static let deals: [Operation<Transactive>] = [
    Operation("process_transaction") { (state, request, context) throws(Rejection) in
      let offer = try state.offer(request, context)
      return .events(
        [offer],
        answer: JSONWriter.bytes { writer in
          writer.object { answer in
            answer.field("tx", offer.deal)
            answer.field("priceHash", offer.priceHash.text)
          }
        })
    },
    Operation("accept_transaction") { (state, request, _) throws(Rejection) in
      let deal: DealID = try request.parameters.identifier("tx")
      let event = DealAccepted(lem: try state.lem(of: request), deal: deal)
      return .events([event], answer: named("tx", deal))
    },
  ]

  /// The offer that a request to process a transaction comes to: at the price it names, or the slot's last.
  private func offer(_ request: Request, _ context: Context) throws(Rejection) -> DealOffered {
    let parameters = request.parameters
    let lem = try lem(of: request)
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
