import Encoding
import HashTreeCollections
import Kernel
import Quantities

/// M9, transactive energy: the local energy markets of a community, their accounts and tokens.
public struct Transactive: Sendable {
  var lems: TreeDictionary<LEMID, LocalMarket> = [:]

  /// Transactive energy before the first LEM.
  public init() {}

  /// The market called `id`.
  public func lem(_ id: LEMID) -> LocalMarket? { lems[id] }

  /// All markets' names, sorted.
  public var lemIDs: [LEMID] { lems.keys.sorted() }

  /// Whether double entry holds in every LEM.
  public var isBalanced: Bool { lems.values.allSatisfy(\.book.isBalanced) }

  /// What `account` of `lem` holds.
  public func balance(of account: Account, in lem: LEMID) -> Balance? {
    guard let market = lems[lem] else { return nil }
    if case .party(let party) = account, market.member(party) == nil { return nil }
    return Balance(
      money: Money(nanos: market.book.balance(of: account, .money)),
      energy: Energy(wattHours: market.book.balance(of: account, .energy)),
      tokens: Energy(wattHours: market.book.balance(of: account, .tokens)))
  }
}

/// What an account holds (TwinTEP.07).
public struct Balance: Sendable, Hashable {
  /// Received less paid.
  public let money: Money
  /// Taken from the LEM less given to it.
  public let energy: Energy
  /// Rewarded, in Wh sold: 1000 Wh are one token.
  public let tokens: Energy

  /// Whole tokens, which can be spent.
  public var wholeTokens: Int { tokens.wattHours / 1000 }
}
