import Quantities

/// What the meters of one slot cost or earn beyond the trades that were made for it.
///
/// Trades are firm: they are paid as they were made. What was metered beyond or short of them goes through the pool, so
/// that surplus and shortage meet inside the community first and the grid at its own tariffs after that. Nobody gains by
/// deviating: surplus earns at most the slot's price and shortage costs at least that.
public struct SlotSettlement: Hashable, Sendable {
  /// Metered minus committed, for each member: positive where a member injected more or withdrew less than it traded.
  public let deviations: [Energy]
  /// The payments for the deviations.
  public let share: PoolShare
  /// What of each member's sales was injected in fact: the smaller of energy sold and energy injected.
  public let delivered: [Energy]

  /// Settles one slot.
  ///
  /// - Parameters:
  ///   - committed: what each member sold (positive) or bought (negative), net over all its trades for the slot.
  ///   - metered: what each member injected (positive) or withdrew (negative); provisional where no reading came.
  ///   - price: the slot's price, see ``SettlementPrice``.
  /// - Precondition: both lists name the same members.
  /// - Throws: `price_out_of_bounds`, `energy_out_of_bounds` or `market_overflow`.
  public static func settle(
    committed: [Energy], metered: [Energy], at price: Price, within tariff: Tariff
  ) throws(MarketError) -> SlotSettlement {
    precondition(committed.count == metered.count, "a commitment or a reading lacks its member")
    var deviations: [Energy] = []
    for (commitment, reading) in zip(committed, metered) {
      deviations.append(Energy(wattHours: try Amount.sum(reading.units, -commitment.units)))
    }
    return SlotSettlement(
      deviations: deviations,
      share: try PoolShare.settle(net: deviations, at: price, within: tariff),
      delivered: zip(committed, metered).map { max(.zero, min($0, $1)) })
  }

  /// The payments that undo this settlement, so that an amended reading is settled anew and nothing is edited.
  public var reversal: PoolShare {
    PoolShare(
      payments: share.payments.map { -$0 }, grid: -share.grid, gridEnergy: -share.gridEnergy)
  }
}
