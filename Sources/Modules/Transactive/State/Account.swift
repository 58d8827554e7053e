import Quantities

/// Who holds something in a LEM's books.
public enum Account: Hashable, Sendable, CustomStringConvertible {
  /// A participant or consortium.
  case party(PartyID)
  /// The LEM as everybody's counterparty: empty after each settlement.
  case market
  /// The grid beyond the LEM.
  case grid
  /// Where tokens come from.
  case issuance

  /// "party:h01", "market", "grid" or "issuance".
  public var description: String {
    switch self {
    case .party(let id): "party:\(id)"
    case .market: "market"
    case .grid: "grid"
    case .issuance: "issuance"
    }
  }

  /// Reads the text of ``description``.
  init?(_ text: String) {
    switch text {
    case "market": self = .market
    case "grid": self = .grid
    case "issuance": self = .issuance
    default:
      guard text.hasPrefix("party:"), let id = try? PartyID(String(text.dropFirst(6))) else { return nil }
      self = .party(id)
    }
  }
}

/// What accounts hold.
public enum Asset: String, Hashable, Sendable, CaseIterable {
  /// n-units of the LEM's currency.
  case money
  /// Wh taken from the LEM; negative where more was given.
  case energy
  /// Tokens in Wh: 1000 are one TWT.
  case tokens
}

/// One movement of double-entry bookkeeping: it debits one account and credits another of the same asset.
public struct Movement: Hashable, Sendable {
  /// Why something moves.
  public enum Reason: String, Hashable, Sendable {
    /// Payment of what was traded at the clearing price.
    case trade
    /// Payment of what was metered beyond or short of what was traded.
    case imbalance
    /// Energy as it was metered.
    case metered
    /// Tokens for energy sold and delivered.
    case reward
    /// Tokens that are taken back.
    case reversal
    /// Tokens that are paid out.
    case payout
  }

  /// What moves.
  public let asset: Asset
  /// Which account it leaves.
  public let debit: Account
  /// Which account it reaches.
  public let credit: Account
  /// How much, more than 0, in the asset's unit.
  public let amount: Int
  /// Why.
  public let reason: Reason
  /// For which slot, where it is for one.
  public let slot: Slot?

  /// `amount` of `asset` to `account` from `counterparty`, or the other way round where it is negative; nil for 0.
  init?(
    _ asset: Asset, _ amount: Int, to account: Account, from counterparty: Account, _ reason: Reason,
    _ slot: Slot? = nil
  ) {
    guard amount != 0 else { return nil }
    (self.asset, self.reason, self.slot) = (asset, reason, slot)
    (debit, credit) = amount > 0 ? (counterparty, account) : (account, counterparty)
    self.amount = abs(amount)
  }
}
