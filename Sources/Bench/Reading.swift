import Audit
import Community
import Encoding
import Log
import Node
import Storage

/// `verify`, `verify-no-signatures`, `replay`, `restart`, `prove`: what reads a log that was written.
enum Reading {
  /// Verifies the log in `directory`.
  static func verify(_ directory: String, withSignatures: Bool) throws -> [Figure] {
    let store = try LogStore.read(directory)
    let size = try store.publishedCheckpoint().checkpoint.size
    let message = try store.leaves((size / 2)..<(size / 2 + 1))[0]
    let row = withSignatures ? "verify" : "verify-no-signatures"
    let before = Signatures.limit(message)
    var found: AuditReport?
    let span = Timing.span { found = Auditor(store, withSignatures: withSignatures).verify() }
    let after = Signatures.limit(message)
    guard let report = found, report.isGood, report.read == size else { throw BenchError("the log does not verify") }
    let limit = (before.rate + after.rate) / 2
    let processor = (before.processorSeconds + after.processorSeconds) / 2
    return [
      Figure(row, "", "entries", Double(size) / span.seconds, "1/s"),
      Figure(row, "", "libsodium on all cores", limit, "1/s"),
      Figure(row, "", "ratio", Double(size) / span.seconds / limit, "1"),
      Figure(row, "", "processor ratio", processor / (span.processorSeconds / Double(size)), "1"),
      Figure(row, "", "entries on idle cores", span.idleRate(size), "1/s"),
      Figure(row, "", "peak memory", Double(Memory.peak), "B"),
    ]
  }

  /// Replays the log in `directory`, decodes the same JSON alone, and starts from the newest snapshot.
  static func replay(_ directory: String) throws -> [Figure] {
    let store = try LogStore.read(directory)
    let size = try store.publishedCheckpoint().checkpoint.size
    var digest = StateSnapshot(try Replay.all(store, size: 1).community).digest
    let replay = try Timing.span { digest = StateSnapshot(try Replay.all(store).community).digest }
    let restart = try Timing.span {
      guard StateSnapshot(try Replay.newest(store).community).digest == digest else {
        throw BenchError("the snapshot leads to another state than the replay")
      }
    }
    let decoding = try decoding(store, size)
    return [
      Figure("replay", "", "events", Double(decoding.events) / replay.seconds, "1/s"),
      Figure("replay", "", "events decoded alone", Double(decoding.events) / decoding.span.seconds, "1/s"),
      Figure("replay", "", "ratio", decoding.span.seconds / replay.seconds, "1"),
      Figure("replay", "", "processor ratio", decoding.span.processorSeconds / replay.processorSeconds, "1"),
      Figure("replay", "", "peak memory", Double(Memory.peak), "B"),
      Figure("restart", "", "restart", restart.seconds, "s"),
      Figure("restart", "", "replay", replay.seconds, "s"),
    ]
  }

  /// The seconds that one core takes to decode the events of all entries, with nothing around it.
  private static func decoding(_ store: LogStore, _ size: Int) throws -> (events: Int, span: Timing.Span) {
    var (events, seconds, processorSeconds) = (0, 0.0, 0.0)
    for first in stride(from: 1, to: size, by: 4096) {
      let lines = try store.leaves(first..<min(first + 4096, size)).map(SignedLine.init).filter { $0.kind == .entry }
      let span = try Timing.span {
        for line in lines { events += try EntryFacts(line: line).facts.count }
      }
      seconds += span.seconds
      processorSeconds += span.processorSeconds
    }
    return (events, Timing.Span(seconds: seconds, processorSeconds: processorSeconds))
  }

  /// Proofs of entries drawn at random, in trees of growing size.
  static func prove(_ directory: String) throws -> [Figure] {
    let store = try LogStore.read(directory)
    let whole = try store.publishedCheckpoint().checkpoint.size
    var measures: [Figure] = []
    var size = 1_000
    while size < whole {
      measures.append(try prove(store, size))
      size *= 10
    }
    return measures + [try prove(store, whole)]
  }

  private static func prove(_ store: LogStore, _ size: Int) throws -> Figure {
    var proofs = ProofReader(store)
    var times: [Double] = []
    for draw in 0..<2_000 {
      let index = Int(MarketOrders.draw(UInt64(draw)) % UInt64(size))
      times.append(try Timing.span { Timing.keep(try proofs.path(of: index, size: size)) }.seconds)
    }
    return Figure("prove", "entries=\(size)", "median", Timing.median(times) * 1e6, "µs")
  }
}

/// Why the bench gives no figure.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
