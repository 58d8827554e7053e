import ArgumentParser
import Audit
import Cryptography
import Encoding
import Log
import Storage

/// Who may speak and who decides.
struct GovernanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "governance",
    abstract: "Show who decides a log, and propose or approve changes (Specs/governance.md).",
    discussion: "What changes a log prints the signed line of an entry: twinergy submit, or POST /entries, takes it.",
    subcommands: [ShowGovernance.self, Propose.self, Approve.self, Withdraw.self, Accuse.self, PresentPolicy.self])

  /// Approving a motion.
  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Sign a validator's approval of a motion.")

    @Argument(help: "The motion's name, as `governance show` gives it; its beginning is enough.")
    var motion: String

    @OptionGroup var signer: EntrySigner

    func run() throws { try signer.printLine { [GovernanceEvent.approved(try $0.motion(motion)).bytes] } }
  }

  /// Taking a motion back.
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign the withdrawal of a motion by the key that proposed it.")

    @Argument(help: "The motion's name; its beginning is enough.")
    var motion: String

    @OptionGroup var signer: EntrySigner

    func run() throws { try signer.printLine { [GovernanceEvent.withdrawn(try $0.motion(motion)).bytes] } }
  }

  /// Submitting evidence.
  struct Accuse: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign the evidence that a validator has contradicted itself; any valid key may.")

    @Argument(help: "The file of the two contradicting lines, or - for standard input.")
    var evidence: String

    @OptionGroup var signer: EntrySigner

    func run() throws {
      let lines = try Files.read(evidence).split(separator: 0x0A).map { try SignedLine(Array($0)) }
      guard lines.count == 2 else { throw UsageError("\(evidence) has \(lines.count) lines; evidence is two") }
      let event = try Evidence(lines[0], lines[1]).event
      try signer.printLine { _ in [event.bytes] }
    }
  }

  /// The policy of the present validators.
  struct PresentPolicy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policy",
      abstract: "Verify a log and write the trust policy of those who decide it now (C2SP tlog-policy).",
      discussion: "Keep the policy with the receipts of its time: other validators have other keys.")

    @Argument(help: Place.help)
    var source: String

    @Option(help: "A genesis document that you trust, instead of the one beside the log.")
    var genesis: String?

    func run() throws {
      let source = try OpenSource.open(source)
      let report = Auditor(source, genesis: try genesis.map { try Files.read($0) }).verify()
      guard report.isGood, let origin = report.origin, let terms = report.terms else {
        for finding in report.findings { Console.note("\(finding)") }
        throw StorageError.damaged("the log does not verify, so its validators are not known")
      }
      Console.print(bytes: TrustPolicy.text(origin: origin, terms.validators(ofTree: report.size)))
    }
  }
}
