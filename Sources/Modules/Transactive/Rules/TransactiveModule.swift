import Encoding
import Kernel
import Quantities

extension Transactive: Module {
  /// M9.
  public static let id = ModuleID.transactive

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Transactive>.Type] = [
    LEMOpened.self, AccountOpened.self, AccountClosed.self, TariffPublished.self, PriceForecast.self, OrderPlaced.self,
    OrderCancelled.self, GateClosed.self, MarketCleared.self, ReadingRecorded.self, SlotSettled.self,
    TokenRewarded.self, TokenReversed.self, TokenPaidOut.self, InvoiceIssued.self, DealOffered.self, DealAccepted.self,
    LoadForecast.self, GenerationForecast.self,
  ]

  func known(_ lem: LEMID) throws(Rejection) -> LocalMarket {
    guard let market = lems[lem] else { throw Rejection(.unknown, "lem_unknown", "there is no LEM \(lem)") }
    return market
  }
}

/// Something that happens in one LEM.
public protocol MarketEvent: ModuleEvent<Transactive> {
  /// The LEM.
  var lem: LEMID { get }
  /// Refuses the event unless it may follow the state of its LEM.
  func check(_ market: LocalMarket, in context: Context) throws(Rejection)
  /// Changes the LEM.
  func apply(to market: inout LocalMarket, in context: Context)
  /// The movements of double-entry bookkeeping that the event makes in the LEM as it was before.
  func movements(in market: LocalMarket) -> [Movement]
}

extension MarketEvent {
  /// Refuses the event unless its LEM is open and the event may follow its state.
  public func check(_ state: Transactive, in context: Context) throws(Rejection) {
    try check(try state.known(lem), in: context)
  }

  /// Changes the LEM.
  public func apply(to state: inout Transactive, in context: Context) { apply(to: &state.lems[lem]!, in: context) }

  /// None.
  public func movements(in market: LocalMarket) -> [Movement] { [] }
}

extension LEMOpened: ModuleEvent {
  /// Refuses a LEM that is open.
  public func check(_ state: Transactive, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard state.lems[lem] == nil else {
      throw Rejection(.conflict, "lem_exists", "the LEM \(lem) is open already")
    }
  }

  /// The LEM opens.
  public func apply(to state: inout Transactive, in context: Context) { state.lems[lem] = LocalMarket(terms: terms) }
}
