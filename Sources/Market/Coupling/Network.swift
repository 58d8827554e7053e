import Quantities

/// The lines between local energy markets: any shape, connected or not.
public struct Network: Hashable, Sendable {
  /// The most markets of one network.
  public static let maximumMarkets = 10_000
  /// The most lines of one network.
  public static let maximumLines = 100_000

  /// How many markets there are; they are named by position.
  public let markets: Int
  /// The lines; their order breaks ties.
  public let lines: [Line]

  /// A network of `markets` markets.
  ///
  /// - Throws: `network_invalid`, naming the line, where a line ends at no market or at the one it starts from, where its
  ///   capacity or fee is negative or out of bounds, or where it loses all; also beyond the limits above.
  public init(markets: Int, lines: [Line]) throws(MarketError) {
    guard (0...Self.maximumMarkets).contains(markets), lines.count <= Self.maximumLines else {
      throw .network(
        "\(markets) markets and \(lines.count) lines exceed \(Self.maximumMarkets) and \(Self.maximumLines)")
    }
    for (number, line) in lines.enumerated() {
      if let fault = Self.fault(of: line, markets: markets) { throw .network("line \(number + 1) \(fault)") }
    }
    self.markets = markets
    self.lines = lines
  }

  /// Markets nested in one another, such as device, building, neighbourhood and district: a line from each to the one
  /// around it.
  ///
  /// - Parameters:
  ///   - parents: for each market the position of the one around it; nil for an outermost one.
  ///   - line: the line from a market (first) to the one around it (second).
  /// - Throws: `network_invalid` as ``init(markets:lines:)``.
  public static func nested(parents: [Int?], line: (Int, Int) -> Line) throws(MarketError) -> Network {
    var lines: [Line] = []
    for (market, parent) in parents.enumerated() {
      if let parent { lines.append(line(market, parent)) }
    }
    return try Network(markets: parents.count, lines: lines)
  }

  private static func fault(of line: Line, markets: Int) -> String? {
    let known = 0..<max(markets, 0)
    guard known.contains(line.from), known.contains(line.to) else { return "ends at a market that does not exist" }
    guard line.from != line.to else { return "ends where it starts" }
    guard line.capacity >= .zero else { return "has a negative capacity" }
    guard (0...Price.maximum.units).contains(line.fee.units) else {
      return "has a fee outside 0 … \(Price.maximum), which could be earned by sending in circles"
    }
    guard line.loss.numerator < line.loss.denominator else { return "loses all that it is sent" }
    return nil
  }
}
