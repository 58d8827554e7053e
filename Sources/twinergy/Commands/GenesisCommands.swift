import ArgumentParser
import Cryptography
import Encoding
import Foundation
import Log
import Quantities

/// Making and showing genesis documents.
struct GenesisCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genesis", abstract: "Make or show the first leaf of a log.",
    subcommands: [New.self, Show.self, Policy.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the genesis document of a log.",
      discussion: """
        The directory of --keys holds vote.key and cosign.key, and NAME.key for each --grant. Of several validators each has \
        a directory of its own, of which nothing but the public halves is read: --validator NAME=DIRECTORY.
        """)

    @Option(help: "The log's name, an address without a scheme such as hagedorn.example/lem.")
    var origin: String

    @Option(help: "The name under which a validator cosigns; of several, NAME=DIRECTORY of its keys.")
    var validator: [String]

    @Option(help: "The directory of the key files.")
    var keys = "keys"

    @Option(help: "A key that is valid from the start: NAME=ROLE[,ROLE…][@PARTY].")
    var grant: [String] = []

    @Option(help: "A state digest is due every so many leaves.")
    var stateInterval = 16_384

    func run() throws {
      guard !validator.isEmpty else { throw UsageError("name a validator") }
      let validators = try ValidatorSet(validator.map(member))
      var grants = try validators.validators.map { try Grant(key: $0.vote, roles: [try RoleID("validator")]) }
      for text in grant { grants.append(try read(text)) }
      let genesis = try Genesis(
        origin: origin, time: Instant(milliseconds: Int(Date().timeIntervalSince1970) * 1000),
        validators: validators, grants: grants,
        parameters: .init(stateInterval: stateInterval))
      Console.print(bytes: genesis.bytes)
    }

    private func key(_ name: String) throws -> PublicKey { try KeyFiles(directory: keys).sealed(name).publicKey }

    private func member(_ text: String) throws -> ValidatorSet.Validator {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard (1...2).contains(parts.count), parts.count == 2 || validator.count == 1 else {
        throw UsageError("\"\(text)\" is not NAME=DIRECTORY")
      }
      let files = KeyFiles(directory: parts.count == 2 ? parts[1] : keys)
      return try .init(
        name: parts[0], vote: files.sealed("vote").publicKey, cosign: files.sealed("cosign").publicKey)
    }

    private func read(_ text: String) throws -> Grant {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { throw UsageError("\"\(text)\" is not NAME=ROLE[,ROLE…][@PARTY]") }
      let scope = parts[1].split(separator: "@", maxSplits: 1)
      let roles = try scope[0].split(separator: ",").map { try RoleID(String($0)) }
      let party = try scope.count == 2 ? PartyID(String(scope[1])) : nil
      return try Grant(key: try key(String(parts[0])), roles: roles, party: party)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check a genesis document and show its verifier keys.")

    @Argument(help: "The genesis document.")
    var file: String

    func run() throws {
      let genesis = try Genesis(Files.read(file))
      Console.print { output in
        output.field("origin", genesis.origin)
        output.field("hash", genesis.leafHash)
        output.field("quorum", genesis.validators.quorum)
        output.field("validators", each: genesis.validators.validators) { $0.string($1.cosign.description) }
        output.field("keys", each: genesis.grants) { writer, grant in
          writer.object { fields in
            fields.field("kid", grant.key.id.description)
            fields.field("roles", each: grant.roles) { $0.string($1.text) }
          }
        }
      }
    }
  }

  struct Policy: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the trust policy of a genesis document (C2SP tlog-policy), for verifiers that know no genesis.")

    @Argument(help: "The genesis document.")
    var file: String

    func run() throws { Console.print(bytes: TrustPolicy.text(try Genesis(Files.read(file)))) }
  }
}
