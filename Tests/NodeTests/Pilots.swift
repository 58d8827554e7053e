import Foundation
import Log
import Node
import Quantities
import Storage
import Synchronization
import Village

/// Validators of one process, and the network between them: whoever is cut off neither sends nor hears.
final class LoopNetwork: Sendable {
  private struct State {
    var doors: [String: @Sendable ([UInt8], String) -> Void] = [:]
    var cut: Set<String> = []
  }

  private let state = Mutex(State())

  func cut(_ names: String...) { state.withLock { $0.cut = Set(names) } }

  /// Delivers bytes as if the validator `sender` had sent them.
  func inject(_ packet: [UInt8], as sender: String, to name: String) { deliver(packet, from: sender, to: name) }

  fileprivate func open(_ name: String, _ deliver: (@Sendable ([UInt8], String) -> Void)?) {
    state.withLock { $0.doors[name] = deliver }
  }

  fileprivate func deliver(_ packet: [UInt8], from sender: String, to name: String?) {
    let doors = state.withLock { state in
      guard !state.cut.contains(sender) else { return [] as [@Sendable ([UInt8], String) -> Void] }
      return state.doors.filter { $0.key != sender && (name == nil || $0.key == name) && !state.cut.contains($0.key) }
        .map(\.value)
    }
    for door in doors { door(packet, sender) }
  }
}

private struct LoopTransport: ValidatorTransport {
  let network: LoopNetwork
  let name: String

  func start(_ deliver: @escaping @Sendable ([UInt8], String) -> Void) { network.open(name, deliver) }
  func broadcast(_ packet: [UInt8]) { network.deliver(packet, from: name, to: nil) }
  func send(_ packet: [UInt8], to name: String) { network.deliver(packet, from: self.name, to: name) }
  func know(_ names: [String]) {}
  func stop() { network.open(name, nil) }
  var dropped: Int { 0 }
}

/// Validators, each with a data directory of its own and a directory in which it publishes its log.
final class Pilots: Sendable {
  static let start = Instant(milliseconds: 1_781_700_000_000)

  let scratch: Scratch
  let network = LoopNetwork()
  private let events = Mutex<[(place: Int, event: NodeEvent)]>([])
  /// What all clocks show.
  let time = Mutex(Pilots.start)
  private let running = Mutex<[Int: Node]>([:])
  /// How many validators the genesis has.
  private let count: Int

  /// `count` validators of the genesis, of whose logs `made` are made.
  init(_ count: Int = 4, made: Int? = nil) throws {
    (scratch, self.count) = (try Scratch(), count)
    for place in 0..<(made ?? count) { try create(place) }
  }

  func genesis() throws -> Genesis { try Village.genesis(validators: count) }

  func directory(_ place: Int) -> String { scratch("v\(place)") }

  /// Publishes what the validator at `place` has, as a directory of tiles; where another would publish it, if `other` says so.
  func publish(_ place: Int, as other: Int? = nil) throws {
    let store = try LogStore.read(directory(place))
    defer { try? store.close() }
    _ = try LogExport.write(store, to: scratch("published \(other ?? place)"))
  }

  /// A log that nobody runs yet: its validator may vote from the first height on.
  func create(_ place: Int) throws {
    let store = try LogStore.create(directory(place), genesis: genesis())
    try store.prepareForVotes()
    try store.write([.vouch])
    try store.close()
  }

  /// What the validator at `place` has told.
  func told(by place: Int) -> [NodeEvent] { events.withLock { $0.filter { $0.place == place }.map(\.event) } }

  func wipe(_ place: Int) throws { try FileManager.default.removeItem(atPath: directory(place)) }

  /// Starts a validator on what its directory has.
  ///
  /// - Parameter peers: whose published logs it reads.
  @discardableResult
  func start(_ place: Int, peers: [Int] = []) throws -> Node {
    let peers = peers.map { scratch("published \($0)") }
    let tell: @Sendable (NodeEvent) -> Void = { [self] event in
      events.withLock { $0.append((place, event)) }
    }
    let store = try ValidatorOpening(directory(place), genesis: genesis(), peers: peers, tell: tell).open()
    let node = try Node(
      store: store, keys: Village.validator(place),
      company: Company(LoopTransport(network: network, name: "v\(place)"), peers: peers, tell: tell)
    ) { [self] in time.withLock { $0 } }
    running.withLock { $0[place] = node }
    return node
  }

  /// The validator at `place` starts anew on an empty disk.
  func loseDisk(_ place: Int) async throws {
    await stop(place)
    try wipe(place)
    try start(place)
  }

  func stop(_ place: Int) async {
    let node = running.withLock { $0.removeValue(forKey: place) }
    await node?.stop()
  }

  func stopAll() async {
    for place in running.withLock({ $0.keys.sorted() }) { await stop(place) }
  }

  func node(_ place: Int) -> Node { running.withLock { $0[place]! } }

  /// Starts the validator at `place` as one that decides alone and hears nobody.
  func startAlone(_ place: Int) throws -> Node {
    let node = try Node(store: LogStore.open(directory(place)), keys: Village.validator(place)) { [self] in
      time.withLock { $0 }
    }
    running.withLock { $0[place] = node }
    return node
  }

  /// The motion that the validators at the places `removed` leave and those at `added` come at `height`.
  func motion(removing removed: [Int] = [], adding added: [Int], at height: Int) throws -> Motion {
    let leaving = removed.map { Change.removed("v\($0)") }
    let coming = try added.map { place in
      let keys = try Village.validator(place)
      return Change.added(try .init(name: keys.name, vote: keys.vote.publicKey, cosign: keys.cosign.publicKey))
    }
    let tomorrow = Self.start.advanced(byMilliseconds: 86_400_000)
    return try Motion(height: height, expires: tomorrow, changes: coming + leaving)
  }

  /// `motion` is proposed by the validator at the first of `places` and approved by the others, at the first.
  func decide(_ motion: Motion, _ places: Int...) async throws {
    for place in places {
      let event: GovernanceEvent = place == places[0] ? .proposed(motion) : .approved(motion.name)
      let line = try Village.line("vote \(place)", sequence: 1, [String(decoding: event.bytes, as: UTF8.self)])
      _ = try await submit(line.bytes, at: places[0])
    }
  }

  /// Submits an entry in which `name` joins to the validator at `place`.
  func join(_ name: String, _ sequence: Int, at place: Int) async throws -> Receipt {
    try await submit(TestNode.join(name, sequence), at: place)
  }

  /// Submits entries to the validator at `place`, whose sequence numbers follow `sequence`, until it has decided `height`;
  /// answers the last number.
  @discardableResult
  func grow(to height: Int, after sequence: Int, at place: Int) async throws -> Int {
    var sequence = sequence
    while await node(place).ledger().height < height {
      sequence += 1
      _ = try await join("p\(sequence)", sequence, at: place)
    }
    return sequence
  }

  /// Submits `line`, again where nothing is decided in time, as an author does.
  private func submit(_ line: [UInt8], at place: Int) async throws -> Receipt {
    while true {
      do {
        return try await node(place).submit(line)
      } catch {
        guard case .undecided = error else { throw error }
      }
    }
  }

  /// Waits until `condition` holds; the test's own time limit ends it where it never does.
  func until(_ condition: @escaping @Sendable () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// The roots of all running validators' final trees, once they have all come to `size` leaves.
  func roots(_ size: Int) async throws -> Set<String> {
    let nodes = running.withLock { $0 }
    try await until {
      try nodes.values.allSatisfy { node in
        try node.store.checkpoint() != nil && node.store.publishedCheckpoint().checkpoint.size >= size
      }
    }
    return Set(try nodes.values.map { try $0.store.publishedCheckpoint().checkpoint.root.hex })
  }
}
