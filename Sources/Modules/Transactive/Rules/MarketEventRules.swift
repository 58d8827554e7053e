import Kernel
import Quantities

/// Each event of a LEM asks the rules and does what they say; the rules stand beside this file by their subject.
extension AccountOpened: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// An account opens.
  public func apply(to market: inout LocalMarket, in context: Context) { market.open(party) }
}

extension AccountClosed: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The account closes; its orders are withdrawn.
  public func apply(to market: inout LocalMarket, in context: Context) { market.close(party) }
}

extension TariffPublished: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The tariffs hold.
  public func apply(to market: inout LocalMarket, in context: Context) { market.publish(self) }
}

extension PriceForecast: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The forecast stands.
  public func apply(to market: inout LocalMarket, in context: Context) { market.forecast(self) }
}

extension OrderPlaced: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The order stands in the books.
  public func apply(to market: inout LocalMarket, in context: Context) { market.place(self) }
}

extension OrderCancelled: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The order leaves the books.
  public func apply(to market: inout LocalMarket, in context: Context) { market.cancel(order) }
}

extension GateClosed: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The books stand still.
  public func apply(to market: inout LocalMarket, in context: Context) { market.closeGate(slots) }
}

extension MarketCleared: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// Trades are booked; the slots open for another round.
  public func apply(to market: inout LocalMarket, in context: Context) { market.clear(slots) }
}

extension ReadingRecorded: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The meter's energy counts for its owners.
  public func apply(to market: inout LocalMarket, in context: Context) { market.record(self, context.registry) }
}

extension SlotSettled: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The slots are paid.
  public func apply(to market: inout LocalMarket, in context: Context) { market.settle(slots) }

  /// Trades, deviations and metered energy.
  public func movements(in market: LocalMarket) -> [Movement] { market.movements(settling: slots) }
}

extension TokenRewarded: MarketEvent {
  /// Asks the LEM's rules.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try market.check(self, in: context)
  }

  /// The tokens are posted.
  public func apply(to market: inout LocalMarket, in context: Context) { market.reward(self) }

  /// Tokens.
  public func movements(in market: LocalMarket) -> [Movement] { LocalMarket.movements(for: self) }
}
