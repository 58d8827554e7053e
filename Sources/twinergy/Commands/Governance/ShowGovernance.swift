import ArgumentParser
import Encoding
import Log
import Node
import Storage

/// Showing who decides, and what is proposed.
struct ShowGovernance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a log's validators, its motions, and who is proven guilty.")

  @Argument(help: Place.help)
  var source: String

  @Option(help: "The validators of this height, instead of those of the next block.")
  var height: Int?

  @Flag(help: "Write JSON.")
  var json = false

  func run() throws {
    let ledger = try Replay.all(OpenSource.open(source))
    let governance = ledger.community.governance
    let height = height ?? governance.height
    guard (1...governance.height).contains(height) else {
      throw UsageError("the log knows its validators from height 1 to \(governance.height)")
    }
    let validators = governance.terms.validators(at: height)
    if json { return Console.print { Self.write(governance, validators, at: height, to: &$0) } }
    Console.print("height \(height): \(validators.quorum) of \(validators.validators.count) decide")
    for validator in validators.validators {
      let isGuilty = governance.isGuilty(validator.vote.id)
      Console.print(
        "  \(validator.name)  votes with \(validator.vote.id)" + (validator.root == nil ? "" : ", has a root key")
          + (isGuilty ? Paint.red.on("  proven guilty") : ""))
    }
    for open in governance.open {
      let missing = governance.validators.quorum - open.approvals.count
      Console.print("open \(open.motion.name): \(Self.text(open.motion)); \(missing) approvals are missing")
    }
    for next in governance.scheduled {
      Console.print("approved \(next.motion.name): \(Self.text(next.motion)) from height \(next.height) on")
    }
    for guilt in governance.guilty {
      let name = governance.terms.validator(voting: guilt.key)?.name ?? ""
      Console.print("guilty: \(name) contradicted itself at height \(guilt.height), by entry \(guilt.index)")
    }
  }

  private static func text(_ motion: Motion) -> String {
    motion.changes.map { change in
      switch change {
      case .granted(let grant): "grant \(grant.key.id) \(grant.roles.map(\.text).joined(separator: ","))"
      case .revoked(let key): "revoke \(key)"
      case .added(let validator): "add \(validator.name)"
      case .removed(let name): "remove \(name)"
      case .replaced(let validator): "other keys for \(validator.name)"
      case .parameters(let parameters): "state interval \(parameters.stateInterval)"
      }
    }.joined(separator: ", ")
  }

  private static func write(
    _ governance: Governance, _ validators: ValidatorSet, at height: Int, to output: inout JSONWriter
  ) {
    output.field("height", height)
    output.field("quorum", validators.quorum)
    output.field("validators") { validators.write(to: &$0) }
    output.field("open", each: governance.open) { writer, open in
      writer.object { fields in
        fields.field("motion", open.motion.name.hex)
        fields.field("proposer", open.proposer.description)
        fields.field("approvals", each: open.approvals) { $0.string($1.description) }
        fields.field("proposal") { $0.raw(open.motion.bytes) }
      }
    }
    output.field("approved", each: governance.scheduled) { writer, next in
      writer.object { fields in
        fields.field("motion", next.motion.name.hex)
        fields.field("height", next.height)
        fields.field("proposal") { $0.raw(next.motion.bytes) }
      }
    }
    output.field("guilty", each: governance.guilty) { writer, guilt in
      writer.object { fields in
        fields.field("name", governance.terms.validator(voting: guilt.key)?.name ?? "")
        fields.field("kid", guilt.key.description)
        fields.field("height", guilt.height)
        fields.field("index", guilt.index)
      }
    }
  }
}
