/// The prices at which the outcome of coupled markets is an equilibrium, market by market.
///
/// Each market's own orders bound its price. A line that can still carry more keeps the price at its end from exceeding
/// that at its start by more than its fee; a line in use keeps it from falling below. These are difference constraints,
/// so the highest prices are shortest distances, and so, mirrored, are the lowest (Ahuja, Magnanti & Orlin, §4.5).
struct NodePrices {
  private(set) var lowest: [Int]
  private(set) var highest: [Int]

  /// Whether some market has no price that suits its orders and its lines alike.
  var isContradictory: Bool { zip(lowest, highest).contains { $0 > $1 } }

  /// A bound p[end] − p[start] ≤ most.
  private struct Bound {
    let start: Int
    let end: Int
    let most: Int
  }

  init(
    _ network: Network, flows: [Int], forwardFees: [Int], backwardFees: [Int], capacities: [Int], lowest: [Int],
    highest: [Int]
  ) {
    self.lowest = lowest
    self.highest = highest
    var bounds: [Bound] = []
    for (number, line) in network.lines.enumerated() where capacities[number] > 0 {
      let flow = flows[number]
      if flow >= 0, flow < capacities[number] {
        bounds.append(Bound(start: line.from, end: line.to, most: forwardFees[number]))
      }
      if flow > 0 { bounds.append(Bound(start: line.to, end: line.from, most: -forwardFees[number])) }
      if flow <= 0, -flow < capacities[number] {
        bounds.append(Bound(start: line.to, end: line.from, most: backwardFees[number]))
      }
      if flow < 0 { bounds.append(Bound(start: line.from, end: line.to, most: -backwardFees[number])) }
    }
    tighten(bounds)
  }

  /// Applies every bound until none changes anything; an optimal flow has no contradiction, so a round a market suffices.
  private mutating func tighten(_ bounds: [Bound]) {
    for _ in 0...lowest.count {
      var changed = false
      for bound in bounds {
        if highest[bound.start] + bound.most < highest[bound.end] {
          highest[bound.end] = highest[bound.start] + bound.most
          changed = true
        }
        if lowest[bound.end] - bound.most > lowest[bound.start] {
          lowest[bound.start] = lowest[bound.end] - bound.most
          changed = true
        }
      }
      if !changed { return }
    }
    preconditionFailure("the prices of an optimal flow contradict each other")
  }
}
