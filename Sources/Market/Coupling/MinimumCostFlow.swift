/// The cheapest way to balance all markets over the lines, exactly.
///
/// The method is that of successive shortest paths with node potentials (Ahuja, Magnanti & Orlin, "Network Flows",
/// §9.7). Besides the markets there is a ground: a market's own orders are arcs between it and the ground, each step of
/// its curve at its price. All markets start at one price, where no line is worth using, so every residual arc has a
/// reduced cost of at least zero; then energy in excess is sent, along the cheapest path first, to where it is missing.
///
/// Costs are compared in three ranks packed into 128 bits: money, then Wh on lines, then the order of the lines. So among
/// equally good outcomes the one with the least total flow is found, and among those the one that uses earlier lines.
struct MinimumCostFlow {
  /// An arc: the market's own curve upwards or downwards, or a line in one of its directions.
  private enum Step {
    case up(Int)
    case down(Int)
    case forward(Int)
    case backward(Int)
  }

  private struct Arc {
    let line: Int
    let other: Int
    let isForward: Bool
  }

  /// The most that each line may carry in either direction.
  private let capacities: [Int]
  private let forwardCost: [Int128]
  private let backwardCost: [Int128]
  private let arcs: [[Arc]]
  private let ground: Int
  private(set) var supplies: [NetSupply]
  /// What is sent on each line; negative from its end to its start.
  private(set) var flows: [Int]
  private var potentials: [Int128]
  private var excess: [Int]
  private var distances: [Int128]
  private var arrivals: [(from: Int, step: Step)?]
  private var queue = NodeQueue()

  /// A problem in which nothing flows yet.
  ///
  /// - Parameters:
  ///   - supplies: the curve of each market, all positioned at `price`.
  ///   - forwardFees: what a Wh sent on each line costs in its own direction, at least zero; likewise `backwardFees`.
  ///   - loads: what each market must take from its own orders or the lines beyond that, such as losses.
  ///   - capacities: the most that each line may carry in either direction.
  init(
    _ network: Network, supplies: [NetSupply], at price: Int, forwardFees: [Int], backwardFees: [Int], loads: [Int],
    capacities: [Int]
  ) {
    self.capacities = capacities
    self.supplies = supplies
    forwardCost = forwardFees.enumerated().map { Self.rank($1, line: $0) }
    backwardCost = backwardFees.enumerated().map { Self.rank($1, line: $0) }
    ground = network.markets
    var arcs = Array(repeating: [Arc](), count: network.markets + 1)
    for (number, line) in network.lines.enumerated() where capacities[number] > 0 {
      arcs[line.from].append(Arc(line: number, other: line.to, isForward: true))
      arcs[line.to].append(Arc(line: number, other: line.from, isForward: false))
    }
    self.arcs = arcs
    flows = network.lines.map { _ in 0 }
    potentials = Array(repeating: Int128(price) << 64, count: network.markets) + [0]
    excess = zip(supplies, loads).map { $0.export - $1 }
    excess.append(-excess.reduce(0, +))
    distances = Array(repeating: .max, count: network.markets + 1)
    arrivals = Array(repeating: nil, count: network.markets + 1)
  }

  /// Balances all markets; false where the orders cannot carry the loads.
  mutating func solve() -> Bool {
    while excess.contains(where: { $0 > 0 }) {
      guard let end = nearestShortage() else { return false }
      send(to: end)
    }
    return true
  }

  private static func rank(_ fee: Int, line: Int) -> Int128 {
    Int128(fee) << 64 + Int128(1) << 32 + Int128(line)
  }

  /// Finds the shortage that is cheapest to reach from any excess, and moves the potentials.
  private mutating func nearestShortage() -> Int? {
    queue.removeAll()
    for node in excess.indices {
      arrivals[node] = nil
      distances[node] = excess[node] > 0 ? 0 : .max
      if excess[node] > 0 { queue.insert(node, at: 0) }
    }
    while let (node, distance) = queue.popFirst() {
      guard distance == distances[node] else { continue }
      if excess[node] < 0 {
        for other in potentials.indices { potentials[other] += min(distances[other], distance) }
        return node
      }
      if node == ground { expandGround(distance) } else { expand(node, distance) }
    }
    return nil
  }

  private mutating func expandGround(_ distance: Int128) {
    for market in supplies.indices {
      if let more = supplies[market].more {
        reach(market, from: ground, .up(market), cost: Int128(more.price) << 64, distance)
      }
    }
  }

  private mutating func expand(_ node: Int, _ distance: Int128) {
    if let less = supplies[node].less {
      reach(ground, from: node, .down(node), cost: -(Int128(less.price) << 64), distance)
    }
    for arc in arcs[node] {
      let flow = flows[arc.line]
      if arc.isForward {
        if flow < 0 {
          reach(arc.other, from: node, .forward(arc.line), cost: -backwardCost[arc.line], distance)
        } else if flow < capacities[arc.line] {
          reach(arc.other, from: node, .forward(arc.line), cost: forwardCost[arc.line], distance)
        }
      } else {
        if flow > 0 {
          reach(arc.other, from: node, .backward(arc.line), cost: -forwardCost[arc.line], distance)
        } else if -flow < capacities[arc.line] {
          reach(arc.other, from: node, .backward(arc.line), cost: backwardCost[arc.line], distance)
        }
      }
    }
  }

  private mutating func reach(_ node: Int, from: Int, _ step: Step, cost: Int128, _ distance: Int128) {
    let reduced = cost + potentials[from] - potentials[node]
    assert(reduced >= 0, "a residual arc has a negative reduced cost")
    guard distance + reduced < distances[node] else { return }
    distances[node] = distance + reduced
    arrivals[node] = (from, step)
    queue.insert(node, at: distance + reduced)
  }

  /// Sends as much as fits along the path that was found.
  private mutating func send(to end: Int) {
    var energy = -excess[end]
    var start = end
    while let (from, step) = arrivals[start] {
      energy = min(energy, room(step))
      start = from
    }
    energy = min(energy, excess[start])
    excess[start] -= energy
    excess[end] += energy
    var node = end
    while let (from, step) = arrivals[node] {
      take(step, energy)
      node = from
    }
  }

  private func room(_ step: Step) -> Int {
    switch step {
    case .up(let market): supplies[market].more!.energy
    case .down(let market): supplies[market].less!.energy
    case .forward(let line): flows[line] < 0 ? -flows[line] : capacities[line] - flows[line]
    case .backward(let line): flows[line] > 0 ? flows[line] : capacities[line] + flows[line]
    }
  }

  private mutating func take(_ step: Step, _ energy: Int) {
    switch step {
    case .up(let market): supplies[market].move(by: energy)
    case .down(let market): supplies[market].move(by: -energy)
    case .forward(let line): flows[line] += energy
    case .backward(let line): flows[line] -= energy
    }
  }
}
