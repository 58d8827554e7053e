import ArgumentParser
import Encoding
import Market
import Quantities

/// The matcher on a file.
struct MarketClearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Clear a book of orders by any of the mechanisms.",
    discussion:
      "Orders: a CSV file with id,side,price,energy[,participant,source,partner,feeder,type]; - reads standard input.")

  @Option(help: "The file of orders.")
  var orders: String

  @Option(help: "uniform, pay-as-bid, continuous, mcafee or huang.")
  var mechanism: Mechanism

  @Option(help: "Where in its range the uniform price lies: 0 favours buyers, 1 sellers.")
  var k = Ratio.half

  @Option(help: "How equal prices share what is left: pro-rata or time.")
  var margin = MarginRule.proRata

  @Option(help: "What a pair of pay-as-bid trades at: bid, ask or mid.")
  var pay = PayAsBid.Pricing.bid

  @OptionGroup var tariffs: TariffOptions

  @Option(name: .customLong("repeat"), help: "Clear so often, 1 to 10000, and tell the median time of a clearing.")
  var repetitions: Int?

  @Option(help: "Draw the merit order into this SVG file.")
  var svg: String?

  @Flag(help: "Write one line of JSON.")
  var json = false

  func run() throws {
    let tariff = try tariffs.tariff()
    let file = try OrderFile(Files.read(orders), file: orders, within: tariff, isContinuous: mechanism == .continuous)
    let run = MechanismRun(mechanism: mechanism, k: k, margin: margin, pricing: pay)
    let report = try run.report(file, within: tariff)
    let median = try repetitions.map { try medianSeconds($0) { try run.clear(file, within: tariff) } }
    let drawing = MeritOrderDrawing(file, report, tariff, showsTariffs: tariffs.feedIn != nil && tariffs.retail != nil)
    if let svg { try Files.write(Array(MeritOrderSVG(drawing).text.utf8), svg) }
    if json {
      let welfare = try report.welfare(file)
      Console.print { report.write(file, tariff, welfare: welfare, medianSeconds: median, to: &$0) }
    } else {
      for line in TerminalPicture(drawing, width: Console.width).lines { Console.print(line) }
      for line in try ClearingTable(report, file, medianSeconds: median).lines { Console.print(line) }
    }
    Verdict.good(
      report.volume == .zero
        ? "nothing is traded" : "\(report.volume) change hands in \(report.trades.count) trades", json: json)
  }

  private func medianSeconds(_ repetitions: Int, _ clear: () throws -> Void) throws -> Double {
    guard (1...10_000).contains(repetitions) else { throw UsageError("--repeat is a number from 1 to 10000") }
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<repetitions {
      let parts = try clock.measure(clear).components
      seconds.append(Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
    }
    return seconds.sorted()[repetitions / 2]
  }
}
