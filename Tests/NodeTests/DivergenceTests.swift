import Community
import Consensus
import Log
import Quantities
import Replica
import Testing
import Village

/// Four validators as values, whose messages arrive at once and in order.
private struct Circle {
  var replicas: [Replica]
  var halts: [Int: Divergence] = [:]
  private var post: [(from: Int, to: Int?, packet: Packet)] = []

  init() throws {
    let ledger = Ledger(try Village.genesis(validators: 4))
    replicas = try (0..<4).map { place in
      try Replica(
        ledger: ledger, keys: Village.validator(place), precommits: [], checkpoint: nil, records: [], now: Pilots.start)
    }
  }

  /// Puts another ledger under the validator at `place`, as a fault of its program or memory would.
  mutating func replace(_ place: Int, _ ledger: Ledger) throws {
    let (decided, keys) = (replicas[(place + 1) % 4], try Village.validator(place))
    let votes = try decided.lastVotes(Village.genesis(validators: 4))
    replicas[place] = try Replica(
      ledger: ledger, keys: keys, precommits: votes, checkpoint: nil, records: [], now: Pilots.start)
  }

  /// `line` is submitted to the validator at `place`; all that follows happens.
  mutating func submit(_ line: SignedLine, to place: Int) throws {
    take(replicas[place].step(.submit(try EntryFacts(line: line)), at: Pilots.start), place)
    while !post.isEmpty {
      let (sender, receiver, packet) = post.removeFirst()
      for place in 0..<4 where place != sender && (receiver == nil || receiver == place) {
        take(replicas[place].step(.receive(packet, from: "v\(sender)"), at: Pilots.start), place)
      }
    }
  }

  /// A second passes for all: what others lack is sent again.
  mutating func tick() throws {
    for place in 0..<4 { take(replicas[place].step(.tick, at: Pilots.start), place) }
  }

  private mutating func take(_ effects: [Replica.Effect], _ place: Int) {
    for effect in effects {
      switch effect {
      case .broadcast(let packet): post.append((place, nil, packet))
      case .send(let packet, let name): post.append((place, Int(name.dropFirst())!, packet))
      case .commit(_, let proof): post.append((place, nil, proof))
      case .halt(let divergence): halts[place] = divergence
      default: break
      }
    }
  }
}

extension Replica {
  /// The precommits of the last block, as the next block's line would carry them.
  fileprivate func lastVotes(_ genesis: Genesis) throws -> [SignedVote] {
    guard let round = decidedRound else { return [] }
    let vote = Vote(
      chain: genesis.origin, height: ledger.height, round: round, step: .precommit, root: ledger.tiles.root)
    return try (0..<4).map { try SignedVote(vote, by: Village.validator($0).vote) }
  }
}

@Suite("A validator that finds otherwise") struct DivergenceTests {
  private static func join(_ name: String, _ sequence: Int) throws -> SignedLine {
    try Village.line("operator", sequence: sequence, [#"{"type":"participant.joined","participant":"\#(name)"}"#])
  }

  @Test func `votes no more, and says after which block and from which entries on`() throws {
    var circle = try Circle()
    try circle.submit(Self.join("anna", 1), to: 0)
    #expect(circle.replicas.map(\.ledger.height) == [1, 1, 1, 1])
    // One of them believes that somebody has joined who has not.
    let ledger = circle.replicas[3].ledger
    var community = ledger.community
    try community.apply(EntryFacts(line: Self.join("ghost", 2)), at: 1, time: ledger.time)
    let line = BlockLine(
      chain: Village.origin, height: 1, time: ledger.time, previous: ledger.previous, first: 1,
      validators: community.genesis.validators.digest, state: ledger.state)
    try circle.replace(
      3, Ledger(community: community, tiles: ledger.tiles, line: line, leaf: ledger.previous, state: ledger.state))
    for sequence in 3...10 {
      try circle.submit(Self.join("p\(sequence)", sequence), to: sequence % 3)
      #expect(circle.halts[3] == nil || circle.replicas[0].ledger.size > 16)
    }
    #expect(circle.replicas[0].ledger.height == 9 && circle.halts.keys.sorted() == [3])
    let divergence = try #require(circle.halts[3])
    #expect(divergence.height == 8 && divergence.leaves == 1..<17)
    #expect(divergence.sentence.contains("state_differs"))
    #expect(circle.replicas[3].halted == divergence && circle.replicas[3].ledger.height == 8)
    // It says nothing any more but where it stands, and answers those who ask.
    let effects = circle.replicas[3].step(.receive(.status(height: 1), from: "v0"), at: Pilots.start)
    #expect(effects.count == 8)
  }
}
