import ArgumentParser
import Encoding
import Kernel
import Node
import Quantities
import Storage
import Transactive

/// A party's balance and history, each movement with the entry that proves it.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Show an account's balance and its movements with the entries that prove them.")

  @Argument(help: Place.help)
  var source: String

  @Option(help: "The LEM.")
  var lem: String

  @Option(help: "The party; without it, the grid's account.")
  var party: String?

  @Option(help: "Movements booked from this time on, RFC 3339 in UTC.")
  var from: String?

  @Option(help: "Movements booked before this time, RFC 3339 in UTC.")
  var to: String?

  @Option(
    help: "Write all movements of the period with their proofs to this file: .json to be checked, .html to be read.")
  var statement: String?

  @Flag(help: "Write JSON lines.")
  var json = false

  func run() throws {
    let lem = try LEMID(lem)
    let account = try party.map { Account.party(try PartyID($0)) } ?? .grid
    let start = try from.map { try Instant($0) } ?? Instant(milliseconds: 0)
    let end = try to.map { try Instant($0) } ?? Instant(milliseconds: .max)
    guard start <= end else { throw UsageError("the period ends before it begins") }
    if let statement { return try write(statement, lem, account) }
    let history = try AccountHistory.movements(of: account, in: lem, OpenSource.open(source), during: start..<end)
    let transactive = history.ledger.community.transactive
    guard let market = transactive.lem(lem) else {
      throw Rejection(.unknown, "lem_unknown", "there is no LEM \(lem)")
    }
    guard let balance = transactive.balance(of: account, in: lem) else {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(account)")
    }
    for movement in history.movements { show(movement, account, market.terms.currency) }
    show(balance, account, market.terms.currency)
    guard !history.movements.isEmpty else {
      throw Rejection(.unknown, "no_data", "No data available for date range")
    }
  }

  private func write(_ file: String, _ lem: LEMID, _ account: Account) throws {
    let maker = StatementMaker(source: try OpenSource.open(source), lem: lem, account: account)
    let statement = try maker.statement(from: from.map { try Instant($0) }, to: to.map { try Instant($0) })
    switch file.split(separator: ".").last {
    case "json": try Files.write(statement.bytes, file)
    case "html": try Files.write(StatementPage(statement).bytes, file)
    default: throw UsageError("a statement is a file .json or .html, not \(file)")
    }
    Verdict.good(
      "\(statement.movements.count) movements of \(statement.entries.count) entries are in \(file)", json: json)
  }

  private func show(_ item: AccountMovement, _ account: Account, _ currency: Currency) {
    let change = item.change(of: account)
    let counterparty = item.movement.credit == account ? item.movement.debit : item.movement.credit
    if json {
      return Console.print { output in
        output.field("index", item.index)
        output.field("time", item.time.description)
        output.field("asset", item.movement.asset.rawValue)
        output.field("change", Money(nanos: change))
        output.field("counterparty", counterparty.description)
        output.field("reason", item.movement.reason.rawValue)
        if let slot = item.movement.slot { output.field("slot", slot.start.description) }
      }
    }
    let amount: String =
      switch item.movement.asset {
      case .money: Money(nanos: change).description(in: currency)
      case .energy: Energy(wattHours: change).description
      case .tokens: Decimals.format(change, decimals: 3) + " TWT"
      }
    let slot = item.movement.slot.map { " for \($0.start)" } ?? ""
    Console.print("entry \(item.index)  \(item.time)  \(amount)  \(item.movement.reason.rawValue)\(slot)")
  }

  private func show(_ balance: Balance, _ account: Account, _ currency: Currency) {
    if json {
      return Console.print { output in
        output.field("account", account.description)
        output.field("money", balance.money)
        output.field("currency", currency.code)
        output.field("energy_wh", balance.energy)
        output.field("tokens_wh", balance.tokens)
      }
    }
    Console.print(
      "balance of \(account): \(balance.money.description(in: currency)), \(balance.energy) taken, "
        + "\(balance.wholeTokens) TWT")
  }
}
