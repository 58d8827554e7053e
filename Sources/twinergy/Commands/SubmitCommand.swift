import ArgumentParser
import Encoding
import Foundation
import Log
import Node
import Quantities
import Storage

/// Submitting signed lines to a log that this machine decides alone.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Append signed entries, one JWS a line, and print their receipts.")

  @Argument(help: "The file of the lines, or - for standard input.")
  var file: String

  @Option(help: "The data directory.")
  var data: String

  @Option(help: "The name under which the validator cosigns; the genesis has it too.")
  var validator: String?

  @Option(help: "The directory of vote.key and cosign.key.")
  var keys = "keys"

  @Option(help: "The file of the keys' passphrase. Without it, a systemd credential or the terminal.")
  var passphraseFile: String?

  func run() async throws {
    let passphrase = try Passphrase.read(file: passphraseFile)
    let store = try LogStore.open(data)
    let keys = try KeyFiles(directory: keys).validator(of: Genesis(store.genesis()), passphrase: passphrase) {
      try Replay.newest(store).community.governance.validatorsToCome
    }
    guard validator == nil || validator == keys.name else {
      throw NodeError.notValidator("these are the keys of \(keys.name), not of \(validator!)")
    }
    let node = try Node(store: store, keys: keys) {
      Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
    }
    var refused: (any Fault)?
    for line in try Files.read(file).split(separator: 0x0A) {
      do {
        let receipt = try await node.submit(Array(line))
        Console.print { output in
          output.field("receipt", receipt.index)
          output.name("repeated")
          output.boolean(receipt.isRepeated)
        }
      } catch {
        refused = refused ?? error
        Console.print { output in
          output.field("refused", error.code)
          output.field("sentence", error.sentence)
        }
      }
    }
    if let refused { throw refused }
  }
}
