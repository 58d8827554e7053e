import Quantities

/// The energy of one pool in one slot, by direction.
struct PoolBalance {
  /// What each member injects, zero for the others.
  let exports: [Int]
  /// What each member withdraws, zero for the others.
  let imports: [Int]
  /// The sum of ``exports``.
  let exported: Int
  /// The sum of ``imports``.
  let imported: Int

  /// What is shared inside the pool.
  var inside: Int { min(exported, imported) }

  /// Sorts net positions by direction.
  init(net: [Energy]) throws(MarketError) {
    for energy in net where !(-PoolShare.maximumNet.units...PoolShare.maximumNet.units).contains(energy.units) {
      throw .energy("a net position of \(energy) exceeds \(PoolShare.maximumNet)")
    }
    try self.init(exports: net.map { max($0.units, 0) }, imports: net.map { max(-$0.units, 0) })
  }

  /// What each member injected and withdrew, none of them negative.
  init(exports: [Int], imports: [Int]) throws(MarketError) {
    self.exports = exports
    self.imports = imports
    var exported = 0
    var imported = 0
    for energy in exports { exported = try Amount.sum(exported, energy) }
    for energy in imports { imported = try Amount.sum(imported, energy) }
    self.exported = exported
    self.imported = imported
  }

  /// Gives `credit` to the exporters and takes `charge` from the importers, each by its energy.
  func share(credit: Int, charge: Int) throws(MarketError) -> PoolShare {
    let credits = Apportionment.split(credit, by: exports)
    let charges = Apportionment.split(-charge, by: imports)
    let payments = zip(credits, charges).map { Money(nanos: $0 + $1) }
    return PoolShare(
      payments: payments, grid: Money(nanos: try Amount.sum(charge, -credit)),
      gridEnergy: Energy(wattHours: exported - imported))
  }
}
