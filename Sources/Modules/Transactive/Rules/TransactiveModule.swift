import Encoding
import Kernel
import Quantities

extension Transactive: Module {
  /// M9.
  public static let id = ModuleID.transactive

  /// Refuses `fact` unless it may follow the present state.
  public func check(_ fact: TransactiveEvent, in context: Context) throws(Rejection) {
    switch fact {
    case .lemOpened(let event): try check(event, in: context)
    case .accountOpened(let event): try known(event.lem).check(event, in: context)
    case .accountClosed(let event): try known(event.lem).check(event, in: context)
    case .tariffPublished(let event): try known(event.lem).check(event, in: context)
    case .priceForecast(let event): try known(event.lem).check(event, in: context)
    case .orderPlaced(let event): try known(event.lem).check(event, in: context)
    case .orderCancelled(let event): try known(event.lem).check(event, in: context)
    case .gateClosed(let event): try known(event.lem).check(event, in: context)
    case .marketCleared(let event): try known(event.lem).check(event, in: context)
    case .readingRecorded(let event): try known(event.lem).check(event, in: context)
    case .slotSettled(let event): try known(event.lem).check(event, in: context)
    case .tokenRewarded(let event): try known(event.lem).check(event, in: context)
    }
  }

  /// Changes the markets as `fact` says.
  public mutating func apply(_ fact: TransactiveEvent, in context: Context) {
    switch fact {
    case .lemOpened(let event): lems[event.lem] = LocalMarket(terms: event.terms)
    case .accountOpened(let event): lems[event.lem]!.open(event.party)
    case .accountClosed(let event): lems[event.lem]!.close(event.party)
    case .tariffPublished(let event): lems[event.lem]!.publish(event)
    case .priceForecast(let event): lems[event.lem]!.forecast(event)
    case .orderPlaced(let event): lems[event.lem]!.place(event)
    case .orderCancelled(let event): lems[event.lem]!.cancel(event.order)
    case .gateClosed(let event): lems[event.lem]!.closeGate(event.slots)
    case .marketCleared(let event): lems[event.lem]!.clear(event.slots)
    case .readingRecorded(let event): lems[event.lem]!.record(event, context.registry)
    case .slotSettled(let event): lems[event.lem]!.settle(event.slots)
    case .tokenRewarded(let event): lems[event.lem]!.reward(event)
    }
  }

  /// The movements of double-entry bookkeeping that `fact` makes: a function of it and the state before it.
  public func movements(for fact: TransactiveEvent) -> (lem: LEMID, movements: [Movement])? {
    switch fact {
    case .slotSettled(let event): (event.lem, lems[event.lem]!.movements(settling: event.slots))
    case .tokenRewarded(let event): (event.lem, LocalMarket.movements(for: event))
    default: nil
    }
  }

  private func known(_ lem: LEMID) throws(Rejection) -> LocalMarket {
    guard let market = lems[lem] else { throw Rejection(.unknown, "lem_unknown", "there is no LEM \(lem)") }
    return market
  }

  private func check(_ event: LEMOpened, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard lems[event.lem] == nil else {
      throw Rejection(.conflict, "lem_exists", "the LEM \(event.lem) is open already")
    }
  }
}
