import Community
import Consensus
import Log
import Quantities
import Replica
import Village

/// Four validators as values, whose messages arrive at once and in order.
struct Circle {
  var replicas: [Replica]
  var halts: [Int: Divergence] = [:]
  /// Who neither sends nor hears.
  var away: Set<Int> = []
  /// Whether a packet does not arrive.
  var isLost: (_ sender: Int, _ receiver: Int, Packet) -> Bool = { _, _, _ in false }
  private var lost: [(from: Int, to: Int, packet: Packet)] = []
  private var timeouts: [Int: [Timeout]] = [:]
  /// What was refused, and by whom.
  var refused: [(place: Int, why: ReplicaRefusal)] = []
  private var proofs: [Int: Packet] = [:]
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
    deliver()
  }

  /// The newest wait of `kind` of the validator at `place` is over.
  mutating func end(_ kind: Timeout.Kind, of place: Int) {
    guard let timeout = timeouts[place]?.last(where: { $0.kind == kind }) else { return }
    take(replicas[place].step(.timeout(timeout), at: Pilots.start), place)
    deliver()
  }

  /// What was lost on its way to `place`, and is as `isWanted` says, arrives after all.
  mutating func deliverLost(to place: Int, _ isWanted: (Packet) -> Bool) {
    for (sender, receiver, packet) in lost where receiver == place && isWanted(packet) {
      take(replicas[place].step(.receive(packet, from: "v\(sender)"), at: Pilots.start), place)
    }
    deliver()
  }

  private mutating func deliver() {
    while !post.isEmpty {
      let (sender, receiver, packet) = post.removeFirst()
      guard !away.contains(sender) else { continue }
      for place in 0..<4 where place != sender && (receiver == nil || receiver == place) && !away.contains(place) {
        guard !isLost(sender, place, packet) else {
          lost.append((sender, place, packet))
          continue
        }
        take(replicas[place].step(.receive(packet, from: "v\(sender)"), at: Pilots.start), place)
      }
    }
  }

  /// A second passes for all: what others lack is sent again.
  mutating func tick() throws {
    for place in 0..<4 { take(replicas[place].step(.tick, at: Pilots.start), place) }
    deliver()
  }

  private mutating func take(_ effects: [Replica.Effect], _ place: Int) {
    for effect in effects {
      switch effect {
      case .broadcast(let packet): post.append((place, nil, packet))
      case .send(let packet, let name): post.append((place, Int(name.dropFirst())!, packet))
      case .commit(let block, let proof):
        proofs[block.height] = proof
        post.append((place, nil, proof))
      case .serve(let height, let name): post.append((place, Int(name.dropFirst())!, proofs[height]!))
      case .refuse(_, let why): refused.append((place, why))
      case .schedule(let timeout): timeouts[place, default: []].append(timeout)
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
