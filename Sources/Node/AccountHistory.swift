import Community
import Quantities
import Storage
import Transactive

/// A movement on an account, with the entry that proves it.
public struct AccountMovement: Sendable {
  /// The entry that made it.
  public let index: Int
  /// When it was booked: the time of the entry's block.
  public let time: Instant
  /// What moved.
  public let movement: Movement

  /// What it adds to the balance of `account`.
  public func change(of account: Account) -> Int {
    movement.credit == account ? movement.amount : -movement.amount
  }
}

/// The history of an account (TwinTEP.09): a projection of the log.
public enum AccountHistory {
  /// The movements of `account` in `lem` that were booked in `period`, in order.
  public static func movements(
    of account: Account, in lem: LEMID, _ source: some LogSource, during period: Range<Instant>
  ) throws(NodeError) -> (movements: [AccountMovement], ledger: Ledger) {
    var found: [AccountMovement] = []
    let ledger = try Replay.all(source) { _, fact, context, before in
      guard let event = fact.event as? any MarketEvent, event.lem == lem, period.contains(context.time),
        let market = before.transactive.lem(lem)
      else { return }
      for movement in event.movements(in: market) where movement.debit == account || movement.credit == account {
        found.append(AccountMovement(index: context.index, time: context.time, movement: movement))
      }
    }
    return (found, ledger)
  }
}
