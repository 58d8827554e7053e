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

  @Flag(help: "Only check: every event, every block line, every state digest.")
  var check = false

  @Option(help: "Only this part of the state: keys, registry or M9.")
  var module: String?

  func run() throws {
    let source = try OpenSource.open(source)
    var bar = ProgressBar("leaves")
    let size = try source.publishedCheckpoint().checkpoint.size
    let ledger = try Replay.all(source) { _, _, context, _ in bar.update(context.index, of: size) }
    bar.finish()
    guard try source.publishedCheckpoint().checkpoint.root == ledger.tiles.root else {
      throw StorageError.damaged("the log's entries do not hash to its checkpoint")
    }
    let snapshot = StateSnapshot(ledger.community)
    if !check {
      let parts = snapshot.parts.filter { module == nil || $0.name == module }
      guard !parts.isEmpty else {
        throw UsageError("the state has the parts \(snapshot.parts.map(\.name).joined(separator: ", "))")
      }
      for part in parts {
        Console.print { output in
          output.field("part", part.name)
          output.field("state") { $0.raw(part.bytes) }
        }
      }
    }
    Verdict.good(
      "\(ledger.size) leaves replayed to block \(ledger.height), state digest \(snapshot.digest)", json: !check)
  }
}
