import ArgumentParser
import Encoding

/// Signing events as an entry.
struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign events as one entry and print its line, for submit or POST /entries.")

  @Argument(help: "The file of the events, a JSON array of objects (Specs/events.md), or - for standard input.")
  var events: String

  @OptionGroup var signer: EntrySigner

  func run() throws { try signer.printLine { _ in try readEvents() } }

  private func readEvents() throws -> [[UInt8]] {
    do {
      return try JSONDocument(Files.read(events)).root.array { event in JSONWriter.bytes { event.write(to: &$0) } }
    } catch let error as JSONError {
      throw UsageError("\(events): \(error.sentence)")
    }
  }
}
