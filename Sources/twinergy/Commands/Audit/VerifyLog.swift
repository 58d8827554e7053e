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
      for notice in report.notices { Console.print(Paint.red.on("notice: ") + notice.description) }
    }
    guard report.isGood else {
      Verdict.bad("\(report.findings.count) findings in \(report.read) of \(report.size) leaves", json: json)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    let cosigners = report.cosigners.joined(separator: ", ")
    Verdict.good(
      "\(report.entries) entries in \(report.blocks) blocks, \(report.signatures) signatures, root "
        + "\(report.root!.base64), cosigned by \(cosigners)"
        + (report.notices.isEmpty ? "" : "; \(report.notices.count) of its validators are proven guilty"), json: json)
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
    writer.field("findings", each: findings) { $1.write(to: &$0) }
    if !notices.isEmpty { writer.field("notices", each: notices) { $1.write(to: &$0) } }
  }
}

extension Finding {
  /// Writes the finding as an object.
  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("code", code)
      if let index { fields.field("index", index) }
      if let place { fields.field("place", place) }
      if let expected { fields.field("expected", expected) }
      if let actual { fields.field("actual", actual) }
      fields.field("sentence", sentence)
      fields.field("next", next)
    }
  }
}
