import ArgumentParser
import Audit
import Encoding
import Quantities
import Storage
import Transactive

/// Checking the statement of an account.
struct CheckStatement: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-statement",
    abstract: "Check the statement of an account (.json) against those you trust, offline.",
    discussion:
      "With --source the statement is made again out of the log, which proves its amounts and that none is missing.")

  @Argument(help: "The statement's JSON file.")
  var statement: String

  @OptionGroup var trust: TrustOptions

  @Option(help: "A data directory or an exported log.")
  var source: String?

  @Flag(help: "Write the result as JSON.")
  var json = false

  func run() throws {
    let statement = try Statement(Files.read(statement))
    let check = try StatementCheck(statement, under: trust.read())
    if let source { try compare(statement, source) }
    if json {
      Console.print { output in
        output.field("origin", check.checkpoint.origin)
        output.field("size", check.checkpoint.size)
        output.field("account", statement.account)
        output.field("movements", statement.movements.count)
        output.field("entries", statement.entries.count)
        output.field("money", Money(nanos: statement.after.money))
        output.field("cosigners", each: check.cosigners) { $0.string($1) }
      }
    }
    Verdict.good(
      "\(statement.movements.count) movements of \(statement.account) come from \(statement.entries.count) entries of "
        + "\(check.checkpoint.origin), cosigned by \(check.cosigners.joined(separator: ", "))"
        + (source == nil ? "" : "; the log gives the same"), json: json)
  }

  private func compare(_ statement: Statement, _ source: String) throws {
    let account = statement.account.hasPrefix("party:") ? String(statement.account.dropFirst(6)) : nil
    let maker = StatementMaker(
      source: try OpenSource.open(source), lem: statement.lem,
      account: try account.map { .party(try PartyID($0)) } ?? .grid)
    let made = try maker.statement(from: statement.from, to: statement.to)
    guard made.movements == statement.movements, made.before == statement.before, made.after == statement.after,
      made.account == statement.account
    else { throw StatementError.wrong("the log gives other movements or balances than the statement") }
  }
}
