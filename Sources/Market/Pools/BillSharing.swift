import Quantities

/// Sharing of the community's bill over a period: energy inside is free, the grid's bill is shared by use.
public enum BillSharing {
  /// One slot of the period.
  public struct Reading: Hashable, Sendable {
    /// What each member injects (positive) or withdraws (negative); the same members in every slot.
    public let net: [Energy]
    /// The tariffs of the slot.
    public let tariff: Tariff

    /// The readings of one slot.
    public init(net: [Energy], tariff: Tariff) {
      self.net = net
      self.tariff = tariff
    }
  }

  /// Shares the period's import cost Σ R·(I − E)⁺ by each member's imports over the period, and its export value
  /// Σ F·(E − I)⁺ by each one's exports.
  ///
  /// - Precondition: every slot has the same number of members.
  /// - Throws: `energy_out_of_bounds` and `market_overflow` as ``PoolShare/settle(net:at:within:)`` does.
  public static func settle(_ period: [Reading]) throws(MarketError) -> PoolShare {
    let members = period.first?.net.count ?? 0
    var exports = Array(repeating: 0, count: members)
    var imports = Array(repeating: 0, count: members)
    var credit = 0
    var charge = 0
    for slot in period {
      precondition(slot.net.count == members, "the members of a period change between its slots")
      let pool = try PoolBalance(net: slot.net)
      for member in 0..<members {
        exports[member] = try Amount.sum(exports[member], pool.exports[member])
        imports[member] = try Amount.sum(imports[member], pool.imports[member])
      }
      let surplus = max(pool.exported - pool.imported, 0)
      let shortage = max(pool.imported - pool.exported, 0)
      credit = try Amount.sum(credit, try Amount.product(surplus, slot.tariff.feedIn.units))
      charge = try Amount.sum(charge, try Amount.product(shortage, slot.tariff.retail.units))
    }
    return try PoolBalance(exports: exports, imports: imports).share(credit: credit, charge: charge)
  }
}
