import ArgumentParser
import Encoding
import Market
import Quantities

/// The coupling of several LEMs on files.
struct MarketCoupleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "couple", abstract: "Clear several LEMs together over lines with limits, losses and fees.",
    discussion: "Orders: as for clear, with a column lem that names one of the network's LEMs.")

  @Option(help: "The network, a JSON file with lems and lines.")
  var network: String

  @Option(help: "The file of orders; - reads standard input.")
  var orders: String

  @Option(help: "Where in its range each price lies: 0 favours buyers, 1 sellers.")
  var k = Ratio.half

  @Option(help: "How equal prices share what is left: pro-rata or time.")
  var margin = MarginRule.proRata

  @OptionGroup var tariffs: TariffOptions

  @Flag(help: "Write one line of JSON.")
  var json = false

  func run() throws {
    let tariff = try tariffs.tariff()
    let network = try NetworkFile(Files.read(network), file: network)
    let file = try OrderFile(Files.read(orders), file: orders, within: tariff, lems: network.positions)
    let books = CoupledBooks(file, markets: network.lems.count)
    let clearing = try Coupling(k: k, margin: margin).clear(
      books: books.books, over: network.network, within: tariff)
    if json {
      Console.print { write(clearing, network, file, books, to: &$0) }
    } else {
      for line in table(clearing, network) { Console.print(line) }
    }
    Verdict.good("\(network.lems.count) LEMs are cleared, welfare \(clearing.welfare)", json: json)
  }

  private func write(
    _ clearing: CoupledClearing, _ network: NetworkFile, _ file: OrderFile, _ books: CoupledBooks,
    to output: inout JSONWriter
  ) {
    output.amount("welfare", clearing.welfare.units)
    output.field("lems", each: zip(network.lems, clearing.markets)) { output, entry in
      let (name, market) = entry
      output.object { output in
        output.field("lem", name)
        output.amount("volume", max(market.bought, market.sold).units)
        output.amount("bought", market.bought.units)
        output.amount("sold", market.sold.units)
        output.amount("price", market.price)
        output.range("range", market.range)
      }
    }
    output.field("lines", each: zip(network.network.lines, clearing.lines)) { output, entry in
      let (line, flow) = entry
      output.object { output in
        output.field("from", network.lems[line.from])
        output.field("to", network.lems[line.to])
        output.amount("flow", flow.sent.units)
        output.amount("lost", flow.lost.units)
        output.amount("fees", flow.fees.units)
        output.amount("rent", flow.rent.units)
      }
    }
    output.field("fills") { output in
      output.object { output in
        for (id, fill) in zip(file.ids, books.fills(clearing)) { output.field(id, fill.units) }
      }
    }
  }

  private func table(_ clearing: CoupledClearing, _ network: NetworkFile) -> [String] {
    var markets = TextTable()
    markets.add("LEM", "bought", "sold", "price", "equilibrium prices")
    for (name, market) in zip(network.lems, clearing.markets) {
      markets.add(
        name, "\(market.bought)", "\(market.sold)", market.price.map { "\($0)" } ?? "–",
        market.range.map { "\($0.lowerBound) … \($0.upperBound)" } ?? "–")
    }
    var lines = TextTable()
    lines.add("line", "sent", "lost", "fees", "congestion rent")
    for (line, flow) in zip(network.network.lines, clearing.lines) {
      let (start, end) = flow.sent < .zero ? (line.to, line.from) : (line.from, line.to)
      lines.add(
        "\(network.lems[start]) → \(network.lems[end])", "\(max(flow.sent, -flow.sent))", "\(flow.lost)",
        "\(flow.fees)", "\(flow.rent)")
    }
    return markets.lines + [""] + (network.network.lines.isEmpty ? [] : lines.lines + [""])
  }
}

/// A file's orders by the market that they belong to.
struct CoupledBooks {
  let books: [LocalBook]
  private let count: Int
  private let bidPlaces: [[Int]]
  private let askPlaces: [[Int]]

  init(_ file: OrderFile, markets: Int) {
    func split(_ side: OrderFile.Side) -> (orders: [[Order]], places: [[Int]]) {
      var orders = Array(repeating: [Order](), count: markets)
      var places = Array(repeating: [Int](), count: markets)
      for (order, place) in zip(side.orders, side.places) {
        orders[file.lems[place]].append(order)
        places[file.lems[place]].append(place)
      }
      return (orders, places)
    }
    let (bids, asks) = (split(file.bids), split(file.asks))
    count = file.ids.count
    bidPlaces = bids.places
    askPlaces = asks.places
    books = zip(bids.orders, asks.orders).map { LocalBook(bids: $0, asks: $1) }
  }

  /// What each order gets, in the order of the file.
  func fills(_ clearing: CoupledClearing) -> [Energy] {
    var fills = Array(repeating: Energy.zero, count: count)
    for (number, market) in clearing.markets.enumerated() {
      for (place, fill) in zip(bidPlaces[number], market.bidFills) { fills[place] = fill }
      for (place, fill) in zip(askPlaces[number], market.askFills) { fills[place] = fill }
    }
    return fills
  }
}
