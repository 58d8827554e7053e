import Audit
import Encoding
import Kernel
import Log
import Node
import Quantities
import Storage
import Transactive

/// Makes the statement of an account out of a log.
struct StatementMaker {
  let source: any LogSource
  let lem: LEMID
  let account: Account

  /// The statement of what was booked from `from` on and before `to`; the whole log where they are nil.
  func statement(from: Instant?, to: Instant?) throws -> Statement {
    let end = to ?? Instant(milliseconds: .max)
    let history = try AccountHistory.movements(of: account, in: lem, source, during: Instant(milliseconds: 0)..<end)
    let transactive = history.ledger.community.transactive
    guard let terms = transactive.lem(lem)?.terms else {
      throw Rejection(.unknown, "lem_unknown", "there is no LEM \(lem)")
    }
    guard transactive.balance(of: account, in: lem) != nil else {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(account)")
    }
    let from = from ?? history.ledger.community.genesis.time
    let period = from..<max(from, to ?? history.ledger.time.advanced(byMilliseconds: 1))
    let split = history.movements.firstIndex { $0.time >= period.lowerBound } ?? history.movements.endIndex
    let before = try Self.balance(history.movements[..<split].map(movement), from: .init())
    let movements = history.movements[split...].map(movement)
    let checkpoint = try source.publishedCheckpoint()
    let proven = try Self.prove(Set(movements.map(\.entry)).sorted(), in: source, size: checkpoint.checkpoint.size)
    return Statement(
      lem: lem, account: account.description, currency: terms.currency, zone: terms.zone, period: period,
      before: before,
      after: try Self.balance(movements, from: before), checkpoint: checkpoint, entries: proven.entries,
      blocks: proven.blocks, movements: movements)
  }

  private func movement(_ item: AccountMovement) -> Statement.Movement {
    let movement = item.movement
    let asset: Statement.Asset =
      switch movement.asset {
      case .money: .money
      case .energy: .energy
      case .tokens: .tokens
      }
    return Statement.Movement(
      entry: item.index, asset: asset, change: item.change(of: account),
      counterparty: (movement.credit == account ? movement.debit : movement.credit).description,
      reason: movement.reason.rawValue, slot: movement.slot)
  }

  private static func balance(
    _ movements: [Statement.Movement], from start: Statement.Balance
  ) throws -> Statement.Balance {
    var balance = start
    for movement in movements {
      guard balance.add(movement) else { throw StatementError.wrong("the sum of the movements exceeds 64 bits") }
    }
    return balance
  }

  /// The lines of `entries`, and the block lines behind them, each once; all with their paths.
  private static func prove(
    _ entries: [Int], in source: some LogSource, size: Int
  ) throws -> (entries: [Statement.ProvenLine], blocks: [Statement.ProvenLine]) {
    var proofs = ProofReader(source)
    func proven(_ index: Int) throws -> Statement.ProvenLine {
      Statement.ProvenLine(
        index: index, line: try source.leaves(index..<(index + 1))[0], path: try proofs.path(of: index, size: size))
    }
    var blocks: [Statement.ProvenLine] = []
    for index in entries where index > blocks.last?.index ?? 0 {
      var next = index + 1
      while try SignedLine(source.leaves(next..<(next + 1))[0]).kind == .entry { next += 1 }
      blocks.append(try proven(next))
    }
    return (try entries.map(proven), blocks)
  }
}
