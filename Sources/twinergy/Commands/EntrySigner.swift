import ArgumentParser
import Community
import Encoding
import Foundation
import Log
import Node
import Quantities
import Storage

/// Who signs an entry, and for which log.
struct EntrySigner: ParsableArguments {
  @Option(help: "The name of the key that signs.")
  var key: String

  @Option(help: ArgumentHelp("The log that the entry is for. \(Place.text)"))
  var source: String

  @Option(help: "The author's name for the entry. Without it, the sequence number.")
  var id: String?

  @OptionGroup var secrets: KeyOptions

  /// Prints the line of the entry that holds what `events` makes of the log's present state.
  func printLine(_ events: (Ledger) throws -> [[UInt8]]) throws {
    let key = try KeyFiles(directory: secrets.keys).open(key, passphrase: secrets.passphrase())
    let ledger = try Replay.all(OpenSource.open(source))
    guard let holder = ledger.community.keys.holder(key.id), holder.until == nil else {
      throw LogError(.unknownKey, "key \(key.id) is not valid in \(source)")
    }
    let sequence = holder.sequence + 1
    let draft = EntryDraft(
      chain: ledger.community.genesis.origin, id: try EntryID(id ?? "e\(sequence)"), sequence: sequence,
      at: Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)), events: try events(ledger))
    let line = try draft.signed(by: key)
    _ = try Entry(line)
    Console.print(bytes: line.bytes + [0x0A])
  }
}
