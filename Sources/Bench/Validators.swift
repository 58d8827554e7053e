import Cryptography
import Foundation
import Kernel
import Log
import Node
import Quantities
import Storage
import Synchronization

/// `validators`: entries that one validator decides alone, and that four and seven decide together, all on this machine,
/// each with a log on the disk; packets between them go as bytes from memory to memory.
enum Validators {
  private static let chain = "bench.example/validators"
  /// Who sign entries side by side, each its next one after the receipt of the one before.
  private static let authors = 256

  /// Has authors submit `count` entries altogether to each of `numbers` of validators, in directories below `directory`.
  static func rows(_ count: Int, in directory: String, numbers: [Int] = [1, 4, 7], authors: Int = authors) async throws
    -> [Figure]
  {
    var figures: [Figure] = []
    var alone: (rate: Double, p50: Double, p99: Double)?
    for number in numbers {
      let circle = try Circle(number, authors: authors, in: "\(directory)/\(number)")
      let (seconds, latencies) = try await circle.run(each: max(1, count / authors))
      await circle.stop()
      let sorted = latencies.sorted()
      let found = (
        rate: Double(sorted.count) / seconds, p50: sorted[sorted.count / 2], p99: sorted[sorted.count * 99 / 100]
      )
      let first = alone ?? found
      alone = first
      let parameters = "validators=\(number)"
      figures += [
        Figure("validators", parameters, "entries", found.rate, "1/s"),
        Figure("validators", parameters, "entries ratio", found.rate / first.rate, "1"),
        Figure("validators", parameters, "p50", found.p50, "s"),
        Figure("validators", parameters, "p50 ratio", found.p50 / first.p50, "1"),
        Figure("validators", parameters, "p99", found.p99, "s"),
        Figure("validators", parameters, "p99 ratio", found.p99 / first.p99, "1"),
      ]
    }
    return figures
  }

  /// Validators of one log, and the authors who keep them busy.
  private struct Circle {
    private let nodes: [Node]
    private let authors: [Village.Author]

    init(_ count: Int, authors: Int, in directory: String) throws {
      let keys = try (0..<count).map { place in
        ValidatorKeys(
          name: "v\(place)", vote: try Village.Author("vote \(place)").key,
          cosign: try Village.Author("cosign \(place)").key)
      }
      let authors = try (0..<authors).map { try Village.Author("author \($0)") }
      let genesis = try Genesis(
        origin: chain, time: Instant(milliseconds: 1_600_000_000_000),
        validators: ValidatorSet(
          keys.map { try .init(name: $0.name, vote: $0.vote.publicKey, cosign: $0.cosign.publicKey) }),
        grants: keys.map { try Grant(key: $0.vote.publicKey, roles: [.validator]) }
          + authors.map { try Grant(key: $0.key.publicKey, roles: [.operator]) },
        parameters: .init(stateInterval: Village.stateInterval))
      let wire = Wire()
      nodes = try keys.map { keys in
        let store = try LogStore.create("\(directory)/\(keys.name)", genesis: genesis)
        if count > 1 {
          try store.prepareForVotes()
          try store.write([.vouch])
        }
        return try Node(store: store, keys: keys, company: count > 1 ? Company(wire.end(of: keys.name)) : nil) {
          Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
        }
      }
      self.authors = authors
    }

    /// All authors submit `each` entries, each at one of the validators; answers how long that took, and how long each entry
    /// waited until it was final.
    func run(each: Int) async throws -> (seconds: Double, latencies: [Double]) {
      let start = Timing.now()
      let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
        for (number, author) in authors.enumerated() {
          let node = nodes[number % nodes.count]
          group.addTask {
            var latencies: [Double] = []
            for sequence in 1...each {
              let event = #"{"type":"participant.joined","participant":"p\#(number)-\#(sequence)"}"#
              let line = try EntryDraft(
                chain: chain, id: EntryID("e\(sequence)"), sequence: sequence,
                at: Instant(milliseconds: 1_700_000_000_000),
                events: [Array(event.utf8)]
              ).signed(by: author.key).bytes
              let before = Timing.now()
              try await submit(line, to: node)
              latencies.append(Double(Timing.now() - before) / 1e9)
            }
            return latencies
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      return (Double(Timing.now() - start) / 1e9, latencies)
    }

    /// Submits `line` until it has its receipt, however busy the machine is.
    private func submit(_ line: [UInt8], to node: Node) async throws {
      while true {
        do throws(NodeError) {
          _ = try await node.submit(line)
          return
        } catch {
          guard case .undecided = error else { throw error }
        }
      }
    }

    func stop() async {
      for node in nodes { await node.stop() }
    }
  }

  /// The way between validators of one process.
  private final class Wire: Sendable {
    private let doors = Mutex<[String: @Sendable ([UInt8], String) -> Void]>([:])

    func end(of name: String) -> End { End(wire: self, name: name) }

    struct End: ValidatorTransport {
      let wire: Wire
      let name: String

      var dropped: Int { 0 }

      func start(_ deliver: @escaping @Sendable ([UInt8], String) -> Void) {
        wire.doors.withLock { $0[name] = deliver }
      }

      func broadcast(_ packet: [UInt8]) {
        let others = wire.doors.withLock { $0.filter { $0.key != name } }
        for door in others.values { door(packet, name) }
      }

      func send(_ packet: [UInt8], to name: String) { wire.doors.withLock { $0[name] }?(packet, self.name) }
      func know(_ names: [String]) {}
      func stop() { wire.doors.withLock { $0[name] = nil } }
    }
  }
}
