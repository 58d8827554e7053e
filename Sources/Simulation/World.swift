import Community
import Consensus
import Cryptography
import Log
import Quantities
import Replica

/// Validators, authors, disks and a network under one seed and a clock that only events move.
public struct World {
  enum Event {
    case deliver(Packet, from: Int, to: Int)
    case timeout(Timeout, of: Int, life: Int)
    case synced(Int, life: Int)
    case tick(Int)
    case start(Int)
    case author(Int)
    case network
    case calm
  }

  /// What a run came to.
  public struct Outcome: Sendable {
    /// What may never happen and did.
    public internal(set) var violations: [String] = []
    /// The last height that an honest validator decided.
    public internal(set) var height = 0
    /// The most rounds that a height took after the faults had stopped, those before not counted.
    public internal(set) var roundsInCalm = 0
    /// How often an honest validator crashed.
    public internal(set) var crashes = 0
    /// How often one was set back to an old backup.
    public internal(set) var restorations = 0
    /// How many guilty keys were seen.
    public internal(set) var accused = 0
    /// When all was done, in milliseconds of the simulated clock.
    public internal(set) var end = 0
  }

  /// After the faults have stopped, a height is decided within so many rounds for each validator, and for four at least.
  public static let roundsPerValidator = 3
  /// How long a run may go on after the faults have stopped, in milliseconds: five of the longest waits.
  static let patience = 5 * Timeout.longest

  let scenario: Scenario
  let community: SimulatedCommunity
  var random: SplitMix64
  var queue = Queue<Event>()
  var time = 0
  var isCalm = false
  var machines: [Machine] = []
  var liars: [Liar] = []
  var checker = Checker()
  var outcome = Outcome()
  var progress: [Int]
  /// Which of two parts each validator is in.
  var part: [Bool]
  /// Height and round of each machine when the faults stopped.
  var atCalm: [(height: Int, round: Int)] = []
  var accused: Set<KeyID> = []
  private let signatures = Signatures()
  let wrong: Set<[UInt8]>

  /// The world of `scenario` at its first moment.
  public init(_ scenario: Scenario) {
    self.scenario = scenario
    community = .of(scenario)
    random = SplitMix64(seed: ~scenario.seed)
    progress = community.scripts.map { _ in 0 }
    part = Array(repeating: false, count: scenario.validators)
    wrong = Set(community.wrong.map(\.bytes))
  }

  var honest: Int { scenario.validators - scenario.liars }

  /// Plays the world to its end.
  public mutating func run() -> Outcome {
    begin()
    while let (now, event) = queue.next() {
      time = now
      handle(event)
      // Where too many lie, nobody promises that the log goes on.
      if !checker.violations.isEmpty || isDone || (isCalm && !scenario.isTolerable) { break }
      if time > scenario.calm + Self.patience {
        checker.violated("no progress: \(state)")
        break
      }
    }
    outcome.violations = checker.violations
    (outcome.end, outcome.accused) = (time, accused.count)
    return outcome
  }

  private var state: String {
    let machines = machines.map { machine in
      machine.replica.map {
        "h\($0.consensus.height) r\($0.consensus.round) \($0.consensus.step)\($0.halted?.sentence ?? "")"
      }
        ?? "down"
    }
    return "authors at \(progress), validators at \(machines)"
  }

  private mutating func begin() {
    for place in 0..<honest {
      let keepsVotes = scenario.canary != .noVotesOnDisk
      machines.append(
        Machine(
          disk: SimulatedDisk(keepsVotes: keepsVotes), skew: random.pick(-scenario.skew...scenario.skew)))
      queue.add(.start(place), at: random.pick(0...500))
      queue.add(.tick(place), at: random.pick(500...1500))
    }
    for place in honest..<scenario.validators {
      let keys = community.keys[place]
      guard
        let replica = try? Replica(
          ledger: Ledger(community.genesis), keys: keys, precommits: [], checkpoint: nil, records: [],
          now: SimulatedCommunity.start, isSigned: isSigned)
      else { preconditionFailure("a validator without a past cannot be refused") }
      liars.append(
        Liar(replica, keys, community, firstLiar: honest, isFork: !scenario.isTolerable, seed: random.next()))
      queue.add(.tick(place), at: random.pick(500...1500))
    }
    for author in community.scripts.indices { queue.add(.author(author), at: random.pick(500...3000)) }
    queue.add(.network, at: 1000)
    queue.add(.calm, at: scenario.calm)
  }

  private var isSigned: Replica.Verify { { [signatures] line, key in signatures.isSigned(line, key) } }

  /// All is said, and every honest validator has published it.
  private var isDone: Bool {
    guard isCalm, zip(progress, community.scripts).allSatisfy({ $0 == $1.count }) else { return false }
    guard let first = machines.first?.replica?.ledger.size else { return false }
    return machines.allSatisfy { machine in
      machine.replica?.ledger.size == first && machine.replica?.final?.checkpoint.size == first
        && machine.replica?.owesEvidence == false
    }
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .deliver(let packet, let sender, let place):
      input(.receive(packet, from: community.keys[sender].name), to: place)
    case .timeout(let timeout, let place, let life):
      if place >= honest || machines[place].life == life { input(.timeout(timeout), to: place) }
    case .synced(let place, let life):
      guard machines[place].life == life else { return }
      machines[place].disk.sync()
      machines[place].isSyncing = false
      if machines[place].replica?.watchesSince == nil { machines[place].mayHaveForgotten = false }
      work(place)
    case .tick(let place):
      input(.tick, to: place)
      queue.add(.tick(place), at: time + 1000)
    case .start(let place): start(place)
    case .author(let author): submit(author)
    case .network:
      if isCalm { return }
      if random.happens(scenario.partitions) {
        for place in part.indices { part[place] = random.happens(500) }
      } else if random.happens(500) {
        part = part.map { _ in false }
      }
      queue.add(.network, at: time + 1000)
      if scenario.restorations > 0, random.happens(scenario.restorations) { restore() }
    case .calm: beCalm()
    }
  }

  /// Sets an honest validator back to an old backup, unless another is still on its way back from one.
  private mutating func restore() {
    let place = random.pick(0...(honest - 1))
    guard machines.indices.allSatisfy({ $0 == place || !machines[$0].mayHaveForgotten }) else { return }
    crash(place)
    machines[place].disk.restore(random.pick(0...machines[place].disk.blocks.count))
    (machines[place].mayHaveForgotten, machines[place].published) = (true, 1)
    outcome.restorations += 1
  }

  private mutating func beCalm() {
    isCalm = true
    part = part.map { _ in false }
    for place in 0..<honest where machines[place].replica == nil { start(place) }
    atCalm = machines.map { ($0.replica!.consensus.height, $0.replica!.consensus.round) }
  }

  private mutating func start(_ place: Int) {
    guard machines[place].replica == nil else { return }
    do {
      try machines[place].start(
        community.genesis, community.keys[place], watching: scenario.canary != .noWatching, now: clock(place),
        isSigned: isSigned)
    } catch {
      checker.violated("v\(place) does not start again: \(error)")
      return
    }
    if machines[place].replica!.ledger.size < machines[place].published {
      checker.violated("lost: v\(place) has published more than its disk holds")
    }
    work(place)
  }

  func clock(_ place: Int) -> Instant {
    let skew = place < honest ? machines[place].skew : 0
    return SimulatedCommunity.start.advanced(byMilliseconds: 10_000 + time + skew)
  }
}

extension World {
  /// Who decides, as the first honest validator knows it.
  public var terms: ValidatorTerms? { machines[0].replica?.ledger.terms }

  /// The log of the first honest validator: its leaves, and its newest final checkpoint.
  public var log: (leaves: [[UInt8]], checkpoint: [UInt8]) {
    var leaves = [community.genesis.bytes]
    for block in machines[0].disk.blocks {
      guard case .decided(let proposed, _) = block.proof else { continue }
      leaves += (proposed.entries + [proposed.line]).map(\.bytes)
    }
    return (leaves, machines[0].replica?.final?.bytes ?? [])
  }
}
