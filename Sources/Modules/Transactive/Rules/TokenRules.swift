import Kernel
import Quantities

extension TokenReversed: MarketEvent {
  /// Refuses more than was rewarded and not taken back yet, and more than the member has.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard let member = market.member(party) else { throw LocalMarket.isUnknown(party) }
    let left = member.rewarded - (market.dealings.reversed[party]?.energy ?? 0)
    guard energy > .zero, energy.wattHours <= left else {
      throw Rejection(.conflict, "reversal_too_large", "\(party) was rewarded \(left) Wh, not \(energy.wattHours)")
    }
    try market.requireTokens(energy, of: party)
  }

  /// The tokens go back to where they came from.
  public func apply(to market: inout LocalMarket, in context: Context) {
    market.book.post(movements(in: market))
    let before = market.dealings.reversed[party]?.energy ?? 0
    market.dealings.reversed.put(ReversedTokens(party: party, energy: before + energy.wattHours))
  }

  /// Tokens.
  public func movements(in market: LocalMarket) -> [Movement] {
    [Movement(.tokens, energy.wattHours, to: .issuance, from: .party(party), .reversal)].compactMap(\.self)
  }
}

extension TokenPaidOut: MarketEvent {
  /// Refuses parts of a token, and more than the member has.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard market.member(party) != nil else { throw LocalMarket.isUnknown(party) }
    guard energy > .zero, energy.wattHours % 1000 == 0 else {
      throw Rejection(.invalid, "payout_invalid", "\(energy.wattHours) Wh are not whole tokens of 1000")
    }
    try market.requireTokens(energy, of: party)
  }

  /// The tokens are burnt, and counted for the next invoice.
  public func apply(to market: inout LocalMarket, in context: Context) {
    market.book.post(movements(in: market))
    market.dealings.paidOut += energy.wattHours
  }

  /// Tokens.
  public func movements(in market: LocalMarket) -> [Movement] {
    [Movement(.tokens, energy.wattHours, to: .issuance, from: .party(party), .payout)].compactMap(\.self)
  }
}

extension InvoiceIssued: MarketEvent {
  /// Refuses another number than the next, and another amount than what was paid out since the last.
  public func check(_ market: LocalMarket, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard invoice == market.dealings.invoices + 1 else {
      throw Rejection(
        .conflict, "invoice_exists", "the next invoice is \(market.dealings.invoices + 1), not \(invoice)")
    }
    guard energy.energy > .zero, energy.energy.wattHours == market.dealings.paidOut else {
      throw Rejection(
        .invalid, "invoice_wrong",
        "\(market.dealings.paidOut) Wh of tokens were paid out since the last invoice, not \(energy.energy.wattHours)")
    }
  }

  /// The next invoice begins at nothing.
  public func apply(to market: inout LocalMarket, in context: Context) {
    (market.dealings.invoices, market.dealings.paidOut) = (invoice, 0)
  }
}

extension LocalMarket {
  static func isUnknown(_ party: PartyID) -> Rejection {
    Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(party)")
  }

  fileprivate func requireTokens(_ energy: Energy, of party: PartyID) throws(Rejection) {
    let held = book.balance(of: .party(party), .tokens)
    guard energy.wattHours <= held else {
      throw Rejection(.invalid, "tokens_insufficient", "\(party) has tokens of \(held) Wh, not \(energy.wattHours)")
    }
  }
}
