import ArgumentParser
import Encoding
import Market
import Planning
import Quantities

/// The price of a LEM a day ahead, from a file.
struct MarketForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Forecast a LEM's price: what one more kWh in each slot is expected to cost.",
    discussion: "Input: a CSV file with slot,feedIn,retail,mean,deviation[,cleared,yesterday], a row a slot.")

  @Option(help: "The file of expectations; - reads standard input.")
  var input: String

  @Option(help: "What the storage of the LEM holds, in Wh.")
  var capacity = 0

  @Option(help: "What the storage takes or gives, in W.")
  var power = 0

  @Option(help: "What remains of energy that is stored and taken out again, such as 9/10.")
  var efficiency = "9/10"

  @Option(help: "What the storage holds before the first slot, in Wh.")
  var charge = 0

  @Option(help: "How far prices are drawn to the mid-market rate, from 0 to 1, such as 1/4.")
  var fairness: Ratio?

  @Flag(help: "Write one line of JSON.")
  var json = false

  func run() throws {
    let storage = try Storage(
      capacity: Energy(units: capacity), power: Power(units: power), efficiency: Ratio(efficiency),
      charge: Energy(units: charge))
    let file = try OutlookFile(Files.read(input), file: input)
    let forecast = PriceForecast(file.outlooks, storage: storage, fairness: fairness)
    let score = ForecastScore(forecast.slots, cleared: file.cleared, yesterday: file.yesterday)
    if json {
      Console.print { write(forecast, score, file, to: &$0) }
    } else {
      for line in table(forecast, file) { Console.print(line) }
    }
    Verdict.good(score.map(Self.sentence) ?? "\(forecast.slots.count) slots are forecast", json: json)
  }

  private func write(
    _ forecast: PriceForecast, _ score: ForecastScore?, _ file: OutlookFile, to output: inout JSONWriter
  ) {
    output.field("slots", each: zip(file.slots, forecast.slots)) { output, entry in
      output.object { output in
        output.field("slot", entry.0)
        output.field("price", entry.1.price.units)
        output.field("low", entry.1.low.units)
        output.field("high", entry.1.high.units)
      }
    }
    output.amount("expectedCost", forecast.roundedCost)
    output.field("score") { output in
      guard let score else { return output.null() }
      output.object { output in
        output.decimal("error", score.error, digits: 3)
        output.decimal("bias", score.bias, digits: 3)
        output.decimal("skill", score.skill, digits: 6)
        output.decimal("coverage", score.coverage, digits: 6)
      }
    }
  }

  private func table(_ forecast: PriceForecast, _ file: OutlookFile) -> [String] {
    var table = TextTable()
    table.add("slot", "feed-in", "price", "retail", "10 %", "90 %")
    for (position, slot) in forecast.slots.enumerated() {
      let tariff = file.outlooks[position].tariff
      table.add(
        "\(file.slots[position])", short(tariff.feedIn), short(slot.price), short(tariff.retail), short(slot.low),
        short(slot.high))
    }
    let bars = [""] + zip(forecast.slots, file.outlooks).map { Self.bar($0.price, $1.tariff) }
    return zip(table.lines, bars).map { $0 + "  " + $1 }
  }

  /// Where a price lies between the tariffs.
  private static func bar(_ price: Price, _ tariff: Tariff) -> String {
    let width = 24
    let spread = max(1, tariff.retail.units - tariff.feedIn.units)
    let place = (price.units - tariff.feedIn.units) * (width - 1) / spread
    let before = String(repeating: "─", count: place)
    return Paint.faint.on("├" + before) + Paint.green.on("●")
      + Paint.faint.on(String(repeating: "─", count: width - 1 - place) + "┤")
  }

  private func short(_ price: Price) -> String { Decimals.format(price.units, decimals: 6, least: 2) }

  private static func sentence(_ score: ForecastScore) -> String {
    let error = Decimals.format(Int(score.error), decimals: 6, least: 2)
    let bias = Decimals.format(Int(score.bias), decimals: 6, least: 2)
    let skill = score.skill.map { ", skill against yesterday \(Decimals.text($0, digits: 2))" } ?? ""
    return "mean error \(error)/kWh, bias \(bias)/kWh\(skill), \(Int(score.coverage * 100)) % within the interval"
  }
}
