import ArgumentParser
import Cryptography
import Encoding
import Foundation
import Log
import Node
import Storage

/// Keys of and for other programs, and their replacement.
extension KeyCommand {
  /// The forms in which other programs keep keys.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case pem, jwk
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seal a key of another program: PEM (PKCS#8, RFC 8410) or JWK (RFC 8037).")

    @Argument(help: "The key's name; it becomes a file NAME.key.")
    var name: String

    @Option(help: "The file of the key, or - for standard input.")
    var from: String

    @OptionGroup var secrets: KeyOptions

    func run() throws {
      let key = try KeyText.secretKey(Files.read(from))
      try KeyFiles(directory: secrets.keys).seal(
        key, name, passphrase: secrets.passphrase(isNew: true), cost: .moderate)
      KeyCommand.show(name, key.publicKey)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a key for another program, its public half unless told otherwise.",
      discussion:
        "The secret half goes into a new file that its owner alone can read, unencrypted: the other program keeps it.")

    @Argument(help: "The key's name.")
    var name: String

    @Option(help: "pem (SPKI and PKCS#8, RFC 8410) or jwk (RFC 8037).")
    var form = Form.jwk

    @Option(help: "Write the secret half too, to this file, which must not be there yet.")
    var secretTo: String?

    @OptionGroup var secrets: KeyOptions

    func run() throws {
      let sealed = try KeyFiles(directory: secrets.keys).sealed(name)
      guard let secretTo else { return Console.print(bytes: Self.text(sealed.publicKey, form)) }
      let key = try sealed.open(passphrase: secrets.passphrase())
      try KeyFiles.write(form == .pem ? Array(KeyText.pem(key).utf8) : KeyText.jwk(key) + [0x0A], to: secretTo)
      Verdict.good("the secret half of \(name) is in \(secretTo), unencrypted", json: true)
    }

    private static func text(_ key: PublicKey, _ form: Form) -> [UInt8] {
      form == .pem ? Array(KeyText.pem(key).utf8) : KeyText.jwk(key) + [0x0A]
    }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a new key, and the events by which it takes the place of another.",
      discussion: """
        The events are for a validator to sign and submit: twinergy sign. Until they are final, the old key signs; what \
        it has signed stays valid for ever.
        """)

    @Argument(help: "The name of the key that is replaced.")
    var old: String

    @Argument(help: "The name of the new key.")
    var new: String

    @Option(help: ArgumentHelp("The log that knows what the old key may do. \(Place.text)"))
    var source: String

    @OptionGroup var secrets: KeyOptions

    func run() throws {
      let files = KeyFiles(directory: secrets.keys)
      let id = try files.sealed(old).publicKey.id
      let ring = try Replay.all(OpenSource.open(source)).community.keys
      guard let holder = ring.holder(id), holder.until == nil else {
        throw LogError(.unknownKey, "key \(id) is not valid in \(source), so nothing replaces it")
      }
      let key = try files.make(new, passphrase: secrets.passphrase(isNew: true), cost: .moderate)
      let grant = try Grant(key: key.publicKey, roles: holder.grant.roles, party: holder.grant.party)
      Console.note("the new key is \(key.id); sign these events with a validator's key and submit them")
      let events = [GovernanceEvent.granted(grant), .revoked(id)].map(\.bytes)
      Console.print(
        bytes: JSONWriter.bytes { $0.array { writer in for event in events { writer.raw(event) } } } + [0x0A])
    }
  }
}
