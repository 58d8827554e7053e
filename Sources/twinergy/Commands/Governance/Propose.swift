import ArgumentParser
import Community
import Cryptography
import Foundation
import Log
import Quantities

/// Proposing a motion.
struct Propose: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign a motion: changes for a quorum of validators to approve.",
    discussion: """
      The changes happen together, in the order of the options below. KEY is the name of a key file in --keys, of which the \
      public half is read, or the x of a public key. One validator alone has approved by proposing.
      """)

  @Option(help: "Grant a key: KEY=ROLE[,ROLE…][@PARTY].")
  var grant: [String] = []

  @Option(help: "Revoke a key: the name of its file, or its key id.")
  var revoke: [String] = []

  @Option(help: "Add a validator: NAME=VOTE,COSIGN[,ROOT], each a KEY.")
  var add: [String] = []

  @Option(help: "Remove the validator of this name.")
  var remove: [String] = []

  @Option(help: "Other keys for the validator that signs, or whose root key does: NAME=VOTE,COSIGN[,ROOT].")
  var replace: [String] = []

  @Option(help: "A state digest is due every so many leaves.")
  var stateInterval: Int?

  @Option(help: "The first height at which the changes hold. Without it, the next after the approval.")
  var height = 1

  @Option(help: "Days until the motion expires, 1 to 365.")
  var days = 30

  @OptionGroup var signer: EntrySigner

  func run() throws {
    guard (1...365).contains(days) else { throw UsageError("--days is 1 to 365") }
    let changes = try readChanges()
    guard !changes.isEmpty else { throw UsageError("say what to change; see twinergy governance propose --help") }
    try signer.printLine { ledger in
      let expires = ledger.time.advanced(byMilliseconds: days * 86_400_000)
      let motion = try Motion(height: height, expires: expires, changes: changes)
      Console.note("motion \(motion.name)")
      return [GovernanceEvent.proposed(motion).bytes]
    }
  }

  private func readChanges() throws -> [Change] {
    let keys = KeyArguments(files: KeyFiles(directory: signer.secrets.keys))
    var changes = try grant.map { Change.granted(try keys.grant($0)) }
    changes += try revoke.map { Change.revoked(try keys.id($0)) }
    changes += try add.map { Change.added(try keys.validator($0)) }
    changes += remove.map { Change.removed($0) }
    changes += try replace.map { Change.replaced(try keys.validator($0)) }
    if let stateInterval { changes.append(.parameters(try .init(stateInterval: stateInterval))) }
    return changes
  }
}

/// Keys as the command line names them.
struct KeyArguments {
  let files: KeyFiles

  /// The public half of a key file, or the `x` itself.
  func key(_ text: some StringProtocol) throws -> PublicKey {
    let text = String(text)
    return files.exists(text) ? try files.sealed(text).publicKey : try PublicKey(base64url: text)
  }

  /// The name of a key file's key, or the key id itself.
  func id(_ text: String) throws -> KeyID {
    if files.exists(text) { return try files.sealed(text).publicKey.id }
    guard let id = KeyID(text) else { throw UsageError("\"\(text)\" is neither a key file nor a key id") }
    return id
  }

  /// KEY=ROLE[,ROLE…][@PARTY].
  func grant(_ text: String) throws -> Grant {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { throw UsageError("\"\(text)\" is not KEY=ROLE[,ROLE…][@PARTY]") }
    let scope = parts[1].split(separator: "@", maxSplits: 1)
    let roles = try scope[0].split(separator: ",").map { try RoleID(String($0)) }
    return try Grant(
      key: key(parts[0]), roles: roles, party: try scope.count == 2 ? PartyID(String(scope[1])) : nil)
  }

  /// NAME=VOTE,COSIGN[,ROOT].
  func validator(_ text: String) throws -> ValidatorSet.Validator {
    let parts = text.split(separator: "=", maxSplits: 1)
    let keys = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
    guard (2...3).contains(keys.count) else { throw UsageError("\"\(text)\" is not NAME=VOTE,COSIGN[,ROOT]") }
    return try .init(
      name: String(parts[0]), vote: key(keys[0]), cosign: key(keys[1]), root: try keys.count == 3 ? key(keys[2]) : nil)
  }
}

extension Ledger {
  /// The open motion whose name begins with `text`.
  func motion(_ text: String) throws -> Digest {
    let names = community.governance.open.map(\.motion.name).filter { $0.hex.hasPrefix(text) }
    guard let name = names.first, names.count == 1 || name.hex == text else {
      throw LogError(.motionUnknown, "\(names.count) open motions have names that begin with \(text)")
    }
    return name
  }
}
