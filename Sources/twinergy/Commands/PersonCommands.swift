import ArgumentParser
import Encoding
import Foundation
import Quantities
import Storage

/// What is held about people, off the log.
struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Keep, show, hand over or erase what is held about a person.",
    discussion:
      "Profiles stand beside the log, never on it. Nothing of them is taken from the command line, which others see.",
    subcommands: [Add.self, Show.self, List.self, Export.self, Erase.self])

  struct Options: ParsableArguments {
    @Argument(help: "The participant's pseudonym.")
    var party: String

    @Option(help: "The data directory.")
    var data: String

    func store() throws -> ProfileStore { try ProfileStore(data) }

    /// The pseudonym, if it is one.
    func id() throws -> PartyID { try PartyID(party) }

    func record(_ store: ProfileStore) throws -> ProfileStore.Record {
      guard let record = try store.record(try id().text) else { throw StorageError.noEntry("\(party) has no profile") }
      return record
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep a profile, and print the commitment for participant.joined.",
      discussion: #"The profile is JSON: {"name", "mail", "address", "preferences": {…}}, each if wanted."#)

    @OptionGroup var options: Options

    @Option(help: "The file of the profile, or - for standard input.")
    var profile = "-"

    func run() throws {
      let profile: Profile
      do {
        profile = try Profile(Files.read(self.profile))
      } catch let error as JSONError {
        throw UsageError("the profile cannot be read: \(error.sentence)")
      }
      let salt = KeyFiles.random(ProfileCommitment.saltLength)
      let record = try options.store().add(options.id().text, profile, salt: salt)
      Console.print { output in
        output.field("participant", options.party)
        output.field("commitment", record.commitment.hex)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a profile and its commitment.")

    @OptionGroup var options: Options

    func run() throws {
      let record = try options.record(options.store())
      Console.print { output in
        output.field("participant", options.party)
        output.field("profile") { field in field.object { record.profile.write(to: &$0) } }
        output.field("commitment", record.commitment.hex)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the pseudonyms that have a profile.")

    @Option(help: "The data directory.")
    var data: String

    func run() throws {
      for party in try ProfileStore(data).parties() { Console.print(party) }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hand over everything held about a person, as JSON: profile, events of the log, movements.",
      discussion: "Of an entry that concerns others too, only the person's own events are handed over.")

    @OptionGroup var options: Options

    func run() throws {
      let record = try options.store().record(try options.id().text)
      let trace = try PersonTrace(of: options.id(), in: LogStore.read(options.data))
      guard record != nil || !trace.isEmpty else {
        throw StorageError.noEntry("nothing is held about \(options.party)")
      }
      Console.print { output in
        output.field("participant", options.party)
        if let record {
          output.field("profile") { field in field.object { record.profile.write(to: &$0) } }
          output.field("salt", Hex.encode(record.salt))
          output.field("commitment", record.commitment.hex)
        }
        trace.write(to: &output)
      }
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase a person's profile and its salt for good.",
      discussion: "The log stays as it is: it knows a pseudonym, and a commitment that nobody can open any more.")

    @OptionGroup var options: Options

    func run() throws {
      guard try options.store().erase(options.id().text) else {
        throw StorageError.noEntry("\(options.party) has no profile")
      }
      Verdict.good("the profile of \(options.party) and its salt are erased", json: false)
    }
  }
}
