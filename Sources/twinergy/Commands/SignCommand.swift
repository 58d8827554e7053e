import ArgumentParser
import Encoding
import Foundation
import Log
import Node
import Quantities
import Storage

/// Signing events as an entry.
struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign events as one entry and print its line, for submit or POST /entries.")

  @Argument(help: "The file of the events, a JSON array of objects (Specs/events.md), or - for standard input.")
  var events: String

  @Option(help: "The name of the key that signs.")
  var key: String

  @Option(help: ArgumentHelp("The log that the entry is for. \(Place.text)"))
  var source: String

  @Option(help: "The author's name for the entry. Without it, the sequence number.")
  var id: String?

  @OptionGroup var secrets: KeyOptions

  func run() throws {
    let key = try KeyFiles(directory: secrets.keys).open(key, passphrase: secrets.passphrase())
    let community = try Replay.all(OpenSource.open(source)).community
    guard let holder = community.keys.holder(key.id), holder.until == nil else {
      throw LogError(.unknownKey, "key \(key.id) is not valid in \(source)")
    }
    let sequence = holder.sequence + 1
    let draft = EntryDraft(
      chain: community.genesis.origin, id: try EntryID(id ?? "e\(sequence)"), sequence: sequence,
      at: Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)), events: try readEvents())
    let line = try draft.signed(by: key)
    _ = try Entry(line)
    Console.print(bytes: line.bytes + [0x0A])
  }

  private func readEvents() throws -> [[UInt8]] {
    do {
      return try JSONDocument(Files.read(events)).root.array { event in JSONWriter.bytes { event.write(to: &$0) } }
    } catch let error as JSONError {
      throw UsageError("\(events): \(error.sentence)")
    }
  }
}
