import ArgumentParser
import Encoding
import Market
import Quantities

/// The pool rules on a file of readings.
struct MarketShareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Share what a pool's meters read, by a rule.",
    discussion: "Readings: a CSV file with member,slot,net in Wh, positive where a member injects.")

  /// How a pool shares.
  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case midMarket = "mid-market"
    case supplyDemand = "supply-demand"
    case bill
  }

  @Option(help: "The file of readings; - reads standard input.")
  var readings: String

  @Option(help: "mid-market, supply-demand or bill.")
  var rule: Rule

  @Option(help: "The feed-in tariff in µ-units/kWh.")
  var feedIn: Int

  @Option(help: "The retail tariff in µ-units/kWh.")
  var retail: Int

  @Flag(help: "Write one line of JSON.")
  var json = false

  func run() throws {
    let tariff = try Tariff(feedIn: Price(units: feedIn), retail: Price(units: retail))
    let file = try ReadingFile(Files.read(readings), file: readings)
    let share = try share(file, within: tariff)
    if json {
      Console.print { output in
        output.field("rule", rule.rawValue)
        output.field("payments") { output in
          output.object { output in
            for (member, payment) in zip(file.members, share.payments) { output.amount(member, payment.units) }
          }
        }
        output.amount("grid", share.grid.units)
        output.amount("gridEnergy", share.gridEnergy.units)
        output.field("slots", file.slots.count)
      }
    } else {
      var table = TextTable()
      table.add("member", "injected", "withdrawn", "receives")
      for (number, member) in file.members.enumerated() {
        table.add(
          member, "\(file.total(number) { max($0, .zero) })", "\(file.total(number) { max(-$0, .zero) })",
          "\(share.payments[number])")
      }
      table.add("grid", "", "", "\(share.grid)")
      for line in table.lines { Console.print(line) }
    }
    Verdict.good("\(file.slots.count) slots of \(file.members.count) members are shared, the sum is zero", json: json)
  }

  private func share(_ file: ReadingFile, within tariff: Tariff) throws -> PoolShare {
    if rule == .bill { return try BillSharing.settle(file.slots.map { .init(net: $0, tariff: tariff) }) }
    var shares: [PoolShare] = []
    for net in file.slots {
      shares.append(
        rule == .midMarket
          ? try PoolShare.settle(net: net, at: tariff.midMarketRate, within: tariff)
          : try SupplyDemandRatio.settle(net: net, within: tariff))
    }
    return try PoolShare.sum(of: shares)
  }
}
