import Audit
import Quantities

/// What a statement's movements come to, in the words of a household.
struct StatementTotals {
  /// Energy metered from the LEM, in Wh: the slots in which more was used than made.
  private(set) var taken = 0
  /// Energy metered to the LEM, in Wh: the slots in which more was made than used.
  private(set) var given = 0
  /// Paid and received for what was traded with neighbours, in n-units.
  private(set) var trade = Flow()
  /// Paid and received for the rest, at the grid's tariffs or the LEM's price, in n-units.
  private(set) var imbalance = Flow()
  /// Everything else that money moved for, in n-units.
  private(set) var other = Flow()
  /// Tokens in Wh.
  private(set) var tokens = 0
  /// The entries of the movements, ascending.
  private(set) var entries: [Int] = []

  /// Money in both directions.
  struct Flow {
    var paid = 0
    var received = 0
    var net: Int { received - paid }

    mutating func add(_ change: Int) {
      if change < 0 { paid -= change } else { received += change }
    }
  }

  var paid: Int { trade.paid + imbalance.paid + other.paid }
  var received: Int { trade.received + imbalance.received + other.received }
  var net: Int { received - paid }

  mutating func add(_ movement: Statement.Movement) {
    switch (movement.asset, movement.reason) {
    case (.energy, _): if movement.change > 0 { taken += movement.change } else { given -= movement.change }
    case (.tokens, _): tokens += movement.change
    case (.money, "trade"): trade.add(movement.change)
    case (.money, "imbalance"): imbalance.add(movement.change)
    case (.money, _): other.add(movement.change)
    }
    if entries.last != movement.entry { entries.append(movement.entry) }
  }

  init(_ movements: some Sequence<Statement.Movement>) {
    for movement in movements { add(movement) }
  }
}
