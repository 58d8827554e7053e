import Quantities

/// The flows, exports and prices of coupled markets, with losses settled step by step.
///
/// A step takes the losses and the prices at the lines' ends from the step before: what was lost is a load where it was
/// missing, and ⌈loss · price⌉ is part of what sending costs. When a step reproduces its losses, its flows carry their
/// own losses exactly. Prices that keep swinging are first averaged, then kept, so that only the losses remain to settle.
/// Where they do not settle either, as where a line loses a third of what it is sent, lines may carry less with every
/// further step. In the end that is nothing, which settles always.
struct LossIteration {
  private static let freeSteps = 6
  private static let averagedSteps = 12
  private static let openSteps = 24

  private let network: Network
  private let tariff: Tariff
  private let books: [LocalBook]
  private let supplies: [NetSupply]
  private let start: Int
  private var guesses: [Int]
  private var loads: [Int]
  private var capacities: [Int]
  private var steps = 0

  /// What is sent on each line; negative from its end to its start.
  private(set) var flows: [Int] = []
  /// What each market gives to the lines, net.
  private(set) var exports: [Int] = []
  private(set) var lowest: [Int] = []
  private(set) var highest: [Int] = []
  private(set) var prices: [Int] = []

  init(books: [LocalBook], network: Network, tariff: Tariff) {
    self.network = network
    self.tariff = tariff
    self.books = books
    let start = Self.commonPrice(books, tariff)
    self.start = start
    supplies = books.map { NetSupply(bids: $0.bids, asks: $0.asks, at: start) }
    guesses = books.map { _ in start }
    loads = books.map { _ in 0 }
    capacities = network.lines.map(\.capacity.units)
  }

  /// Whether energy flows to or from a market.
  func isPassedThrough(_ market: Int) -> Bool {
    zip(network.lines, flows).contains { ($0.from == market || $0.to == market) && $1 != 0 }
  }

  /// Makes one step; true when the losses have settled.
  mutating func step(k: Ratio) throws(MarketError) -> Bool {
    steps += 1
    if steps > Self.openSteps { throttle() }
    let forwardFees = network.lines.map { $0.fee.units + $0.lossCost(at: guesses[$0.to]) }
    let backwardFees = network.lines.map { $0.fee.units + $0.lossCost(at: guesses[$0.from]) }
    var problem = MinimumCostFlow(
      network, supplies: supplies, at: start, forwardFees: forwardFees, backwardFees: backwardFees, loads: loads,
      capacities: capacities)
    guard problem.solve() else { return retreat() }
    flows = problem.flows
    exports = problem.supplies.map(\.export)
    guard try price(forwardFees, backwardFees, k) else { return retreat() }
    let losses = losses()
    let isLossless = network.lines.allSatisfy { $0.loss.numerator == 0 }
    let isSettled = isLossless || losses == loads && (guesses == prices || steps > Self.freeSteps)
    if !isSettled { guess() }
    loads = losses
    return isSettled
  }

  /// Asks for half the losses, since no prices within the tariffs carry them all.
  private mutating func retreat() -> Bool {
    loads = loads.map { $0 / 2 }
    return false
  }

  /// Lets each line carry no more than it does, less an eighth of that where it loses any.
  private mutating func throttle() {
    for (number, line) in network.lines.enumerated() where line.loss.numerator > 0 {
      let flow = Int(flows[number].magnitude)
      capacities[number] = min(capacities[number], flow - (flow + 7) / 8)
    }
  }

  private mutating func guess() {
    if steps <= Self.freeSteps {
      guesses = prices
    } else if steps <= Self.averagedSteps {
      guesses = zip(guesses, prices).map { ($0 + $1) / 2 }
    }
  }

  /// Finds the prices that support the flows; false where there are none within the tariffs.
  private mutating func price(_ forwardFees: [Int], _ backwardFees: [Int], _ k: Ratio) throws(MarketError) -> Bool {
    var low: [Int] = []
    var high: [Int] = []
    for (number, book) in books.enumerated() {
      let crossing = try Crossing(
        bids: book.bids, asks: book.asks, within: tariff, exported: exports[number])
      let range = crossing.range(within: tariff)
      low.append(range.lowerBound.units)
      high.append(range.upperBound.units)
    }
    let solved = NodePrices(
      network, flows: flows, forwardFees: forwardFees, backwardFees: backwardFees, capacities: capacities, lowest: low,
      highest: high)
    guard !solved.isContradictory else { return false }
    lowest = solved.lowest
    highest = solved.highest
    prices = zip(lowest, highest).map { $0 + k.floor(of: $1 - $0) }
    return true
  }

  /// What is lost on the lines, where it is missing.
  private func losses() -> [Int] {
    var losses = books.map { _ in 0 }
    for (line, flow) in zip(network.lines, flows) {
      losses[flow >= 0 ? line.to : line.from] += line.lost(of: Int(flow.magnitude))
    }
    return losses
  }

  /// The price at which all books together would clear, a good start wherever lines suffice.
  private static func commonPrice(_ books: [LocalBook], _ tariff: Tariff) -> Int {
    let bids = books.flatMap(\.bids)
    let asks = books.flatMap(\.asks)
    let clearing = try? UniformPrice().clear(bids: bids, asks: asks, within: tariff)
    return (clearing?.price ?? tariff.feedIn).units
  }
}
