import ArgumentParser
import Encoding
import Market
import Planning
import Quantities

/// A virtual power plant's offers, supply function and dispatch, from a file.
struct MarketVPPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vpp", abstract: "What a virtual power plant can offer, at which price, and whom it calls.",
    discussion: """
      Contracts: a CSV file with id,power,probability,mean,deviation,perCall,perKWh\
      [,calls,called,duration,notice,priority]; power in W, energy in Wh a slot.
      """)

  /// A list of confidences, as it was written.
  struct Confidences: ExpressibleByArgument {
    let values: [(text: String, ratio: Ratio)]

    init?(argument: String) {
      var values: [(text: String, ratio: Ratio)] = []
      for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let millionths = Decimals.parse(part, decimals: 6), millionths > 0,
          let ratio = try? Ratio(millionths, 1_000_000)
        else { return nil }
        values.append((String(part), ratio))
      }
      guard (1...20).contains(values.count) else { return nil }
      self.values = values
    }
  }

  @Option(help: "The file of contracts; - reads standard input.")
  var contracts: String

  @Option(help: "The confidences to offer at, such as 0.95,0.70.")
  var confidence: Confidences

  @Option(help: "The correlation of any two loads, from 0 to below 1.")
  var correlation = "0"

  @Option(help: "What a missing kWh costs, in µ-units.")
  var penalty = 0

  @Option(help: "What the market trades multiples of, in Wh a slot.")
  var block = 1

  @Option(help: "Dispatch an award of this many Wh a slot, at the first confidence.")
  var award: Int?

  @Option(help: "The slots of the award.")
  var slots = 1

  @Option(help: "The slots from now to the award's first one.")
  var lead = 0

  @Option(help: "The highest class of contracts that the award may call.")
  var priority = 1

  @Flag(help: "Write one line of JSON.")
  var json = false

  func run() throws {
    guard let millionths = Decimals.parse(correlation, decimals: 6) else {
      throw UsageError("--correlation is a number such as 0.3")
    }
    let file = try ContractFile(Files.read(contracts), file: contracts)
    let plant = try Portfolio(file.contracts, correlation: Double(millionths) / 1_000_000)
    let yield = plant.yield
    let offers = try confidence.values.map { text, ratio in
      PlantOffer(
        confidence: text, energy: yield.quantity(at: ratio),
        supply: try SupplyFunction(
          plant, at: ratio, penalty: Price(units: penalty), block: Energy(units: block)))
    }
    let wanted = try award.map {
      try Award(
        energy: Energy(units: $0), slots: slots, lead: lead, priority: priority,
        confidence: confidence.values[0].ratio)
    }
    let report = PlantReport(
      plant: plant, yield: yield, offers: offers, dispatch: wanted.map { ($0, Dispatch($0, of: plant)) })
    if json { Console.print { report.write(to: &$0) } } else { for line in report.lines { Console.print(line) } }
    if let wanted, let dispatch = report.dispatch?.1, !dispatch.isComplete(wanted) {
      Verdict.bad("the contracts do not suffice for the award", json: json)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    Verdict.good(
      offers.map { "\(Power(units: 4 * $0.energy.units)) at \($0.confidence)" }.joined(separator: ", "), json: json)
  }
}
