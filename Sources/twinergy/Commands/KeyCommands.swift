import ArgumentParser
import Cryptography
import Encoding
import Foundation
import Log

/// Making, showing and moving keys.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, show, move or replace keys; key files are sealed under a passphrase.",
    subcommands: [New.self, Show.self, List.self, Import.self, Export.self, Rotate.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make keys of fresh randomness.")

    @Argument(help: "The keys' names; each becomes a file NAME.key.")
    var names: [String]

    @OptionGroup var secrets: KeyOptions

    func run() throws {
      let files = KeyFiles(directory: secrets.keys)
      let passphrase = try secrets.passphrase(isNew: true)
      for name in names {
        let key = try files.make(name, passphrase: passphrase, cost: .moderate)
        KeyCommand.show(name, key.publicKey)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a key's public half.")

    @Argument(help: "The key file.")
    var file: String

    func run() throws {
      let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
      KeyCommand.show(name, try SealedKey(Files.read(file)).publicKey)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the public halves of all keys of a directory.")

    @Option(help: "The directory of the key files.")
    var keys = "keys"

    func run() throws {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: keys) else {
        throw UsageError("there is no directory \(keys)")
      }
      for name in names.sorted() where name.hasSuffix(".key") {
        KeyCommand.show(String(name.dropLast(4)), try SealedKey(Files.read("\(keys)/\(name)")).publicKey)
      }
    }
  }

  /// The key's name, thumbprint, and JWK (RFC 8037 §2).
  static func show(_ name: String, _ key: PublicKey) {
    Console.print { output in
      output.field("name", name)
      output.field("kid", key.id.description)
      output.field("kty", "OKP")
      output.field("crv", "Ed25519")
      output.field("x", key)
    }
  }
}

/// Where key files are and what opens them.
struct KeyOptions: ParsableArguments {
  @Option(help: "The directory of the key files.")
  var keys = "keys"

  @Option(help: "The file of the passphrase, of at least 12 bytes. Without it, a systemd credential or the terminal.")
  var passphraseFile: String?

  /// The passphrase; a person who makes a new key types it twice.
  func passphrase(isNew: Bool = false) throws -> [UInt8] { try Passphrase.read(file: passphraseFile, isNew: isNew) }
}
