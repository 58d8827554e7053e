import ArgumentParser
import Audit
import Cryptography
import Encoding
import Log
import Storage

/// Verifying all of a log.
struct VerifyLog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify signatures, key windows, sequence, tree, block chain and checkpoint.")

  @Argument(help: Place.help)
  var source: String

  @Option(help: "A genesis document that you trust, instead of the one beside the log.")
  var genesis: String?

  @Flag(help: "Check hashes and chains only.")
  var noSignatures = false

  @Flag(help: "Write the report as JSON.")
  var json = false

  func run() throws {
    let source = try OpenSource.open(source)
    let auditor = Auditor(
      source, genesis: try genesis.map { try Files.read($0) }, withSignatures: !noSignatures)
    var bar = ProgressBar("entries")
    let report = auditor.verify { bar.update($0, of: $1) }
    bar.finish()
    if json {
      Console.print { report.write(to: &$0) }
    } else {
      for finding in report.findings { Console.print("\(finding)") }
    }
    guard report.isGood else {
      Verdict.bad("\(report.findings.count) findings in \(report.read) of \(report.size) leaves", json: json)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    let cosigners = report.cosigners.joined(separator: ", ")
    Verdict.good(
      "\(report.entries) entries in \(report.blocks) blocks, \(report.signatures) signatures, root "
        + "\(report.root!.base64), cosigned by \(cosigners)", json: json)
  }
}

extension AuditReport {
  /// Writes the report's members.
  func write(to writer: inout JSONWriter) {
    if let origin { writer.field("origin", origin) }
    writer.field("size", size)
    writer.field("entries", entries)
    writer.field("blocks", blocks)
    writer.field("signatures", signatures)
    if let root { writer.field("root", root) }
    writer.field("cosigners", each: cosigners) { $0.string($1) }
    writer.name("good")
    writer.boolean(isGood)
    writer.field("findings", each: findings) { writer, finding in
      writer.object { fields in
        fields.field("code", finding.code)
        if let index = finding.index { fields.field("index", index) }
        if let place = finding.place { fields.field("place", place) }
        if let expected = finding.expected { fields.field("expected", expected) }
        if let actual = finding.actual { fields.field("actual", actual) }
        fields.field("sentence", finding.sentence)
        fields.field("next", finding.next)
      }
    }
  }
}
