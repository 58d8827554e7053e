import Market
import Quantities

/// What paying one slot means: totals, movements, and energy that earns tokens.
struct Settlement: Sendable {
  var local: Energy
  var imported: Energy
  var exported: Energy
  var movements: [Movement]
  /// Wh sold and delivered, by the member's number.
  var delivered: [(member: Int, wattHours: Int)]

  /// Settles `state`, the state of `slot` in a LEM of `members`.
  ///
  /// Trades are firm and paid at their price. What a member metered beyond or short of its position goes through the
  /// pool: surplus and shortage meet inside the LEM first at the slot's price, the rest meets the grid at its tariffs. A
  /// member without a reading counts as having done what it traded, and earns no tokens: those are for what was metered.
  init(_ state: SlotState, _ slot: Slot, members: [LocalMarket.Member]) throws(MarketError) {
    var numbers: [Int] = []
    var nets: [Int] = []
    var deviations: [Energy] = []
    var movements: [Movement] = []
    func move(_ movement: Movement?) { if let movement { movements.append(movement) } }
    var delivered: [(member: Int, wattHours: Int)] = []
    for number in state.parties {
      let (position, metered) = (state.positions[number], state.metered[number])
      let committed = position?.energy ?? 0
      let net = metered ?? committed
      numbers.append(number)
      nets.append(net)
      deviations.append(Energy(wattHours: net - committed))
      let account = Account.party(members[number].party)
      move(Movement(.money, position?.money ?? 0, to: account, from: .market, .trade, slot))
      move(Movement(.energy, -net, to: account, from: .market, .metered, slot))
      let sold = min(committed, metered ?? 0)
      if sold > 0 { delivered.append((number, sold)) }
    }
    let pool = try PoolShare.settle(net: deviations, at: state.imbalancePrice, within: state.tariff)
    for (number, payment) in zip(numbers, pool.payments) {
      let account = Account.party(members[number].party)
      move(Movement(.money, payment.units, to: account, from: .market, .imbalance, slot))
    }
    let given = nets.reduce(0) { $0 + max(0, $1) }
    let taken = nets.reduce(0) { $0 + max(0, -$1) }
    move(Movement(.money, pool.grid.units, to: .grid, from: .market, .imbalance, slot))
    move(Movement(.energy, given - taken, to: .grid, from: .market, .metered, slot))
    local = Energy(wattHours: min(given, taken))
    imported = Energy(wattHours: max(0, taken - given))
    exported = Energy(wattHours: max(0, given - taken))
    self.movements = movements
    self.delivered = delivered
  }
}
