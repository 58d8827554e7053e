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

/// Four validators, each with a data directory of its own.
final class Pilots: Sendable {
  static let start = Instant(milliseconds: 1_781_700_000_000)

  let scratch: Scratch
  let network = LoopNetwork()
  private let events = Mutex<[(place: Int, event: NodeEvent)]>([])
  /// What all clocks show.
  let time = Mutex(Pilots.start)
  private let running = Mutex<[Int: Node]>([:])

  init() throws {
    scratch = try Scratch()
    for place in 0..<4 { try create(place) }
  }

  func genesis() throws -> Genesis { try Village.genesis(validators: 4) }

  func directory(_ place: Int) -> String { scratch("v\(place)") }

  /// A log that nobody runs yet: its validators may vote from the first height on.
  private func create(_ place: Int) throws {
    let store = try LogStore.create(directory(place), genesis: genesis())
    try store.prepareForVotes()
    try store.write([.vouch])
    try store.close()
  }

  /// What the validator at `place` has told.
  func told(by place: Int) -> [NodeEvent] { events.withLock { $0.filter { $0.place == place }.map(\.event) } }

  func wipe(_ place: Int) throws { try FileManager.default.removeItem(atPath: directory(place)) }

  /// Starts a validator on what its directory has.
  @discardableResult
  func start(_ place: Int) throws -> Node {
    let tell: @Sendable (NodeEvent) -> Void = { [self] event in
      events.withLock { $0.append((place, event)) }
    }
    let store = try ValidatorOpening(directory(place), genesis: genesis(), peers: [], tell: tell).open()
    let node = try Node(
      store: store, keys: Village.validator(place),
      company: Company(LoopTransport(network: network, name: "v\(place)"), tell: tell)
    ) { [self] in time.withLock { $0 } }
    running.withLock { $0[place] = node }
    return node
  }

  func stop(_ place: Int) async {
    let node = running.withLock { $0.removeValue(forKey: place) }
    await node?.stop()
  }

  func stopAll() async {
    for place in 0..<4 { await stop(place) }
  }

  func node(_ place: Int) -> Node { running.withLock { $0[place]! } }

  /// Submits an entry in which `name` joins to the validator at `place`.
  func join(_ name: String, _ sequence: Int, at place: Int) async throws -> Receipt {
    try await node(place).submit(TestNode.join(name, sequence))
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
