import ArgumentParser
import Community
import Encoding
import Node
import Storage

/// Rebuilding the state from the log.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Rebuild the state from the log, checking every event by its module's rules.")

  @Argument(help: Place.help)
  var source: String

  @Option(help: "Only to the end of the block that holds this entry.")
  var to: Int?

  @Flag(help: "Only check: every event, every block line, every state digest.")
  var check = false

  @Option(help: "Only this part of the state: keys, registry, platform or M1 to M9.")
  var module: String?

  @Flag(help: "Write one JSON object: where the state is from, its digest, and the state.")
  var json = false

  func run() throws {
    let source = try OpenSource.open(source)
    var bar = ProgressBar("leaves")
    let published = try source.publishedCheckpoint().checkpoint
    let ledger = try Replay.ledger(of: source, at: to) { _, _, context, _ in
      bar.update(context.index, of: published.size)
    }
    bar.finish()
    guard ledger.size < published.size || ledger.tiles.root == published.root else {
      throw StorageError.damaged("the log's entries do not hash to its checkpoint")
    }
    let snapshot = StateSnapshot(ledger.community)
    if !check { try show(snapshot, ledger) }
    Verdict.good(
      "\(ledger.size) leaves replayed to block \(ledger.height), state digest \(snapshot.digest)", json: !check)
  }

  private func show(_ snapshot: StateSnapshot, _ ledger: Ledger) throws {
    let parts = try chosen(snapshot)
    guard json else {
      for part in parts {
        Console.print { output in
          output.field("part", part.name)
          output.field("state") { $0.raw(part.bytes) }
        }
      }
      return
    }
    Console.print { output in
      output.field("origin", ledger.community.genesis.origin)
      output.field("size", ledger.size)
      output.field("height", ledger.height)
      output.field("time", ledger.time.description)
      output.field("digest", snapshot.digest.hex)
      output.field("state") { field in
        field.object { state in
          for part in parts { state.field(part.name) { $0.raw(part.bytes) } }
        }
      }
    }
  }

  /// The parts of the state that were asked for. A module in which nothing has happened yet has none.
  private func chosen(_ snapshot: StateSnapshot) throws -> [StateSnapshot.Part] {
    guard let module else { return snapshot.parts }
    let names = StateSnapshot.partNames
    guard names.contains(module) else { throw UsageError("the state has the parts \(names.joined(separator: ", "))") }
    return snapshot.parts.filter { $0.name == module }
  }
}
