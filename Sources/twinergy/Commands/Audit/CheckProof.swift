import ArgumentParser
import Cryptography
import Encoding
import Log

/// Checking the proof of an entry, or of one of its events.
struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof", abstract: "Check a proof against an entry and those you trust, offline.")

  @Argument(help: "The file of the proof.")
  var proof: String

  @Option(help: "The file of the entry's line; not for the proof of an event, which holds it.")
  var entry: String?

  @OptionGroup var trust: TrustOptions

  @Flag(help: "Write the result as JSON.")
  var json = false

  func run() throws {
    let policy = try trust.read()
    let bytes = try Files.read(proof)
    // The proof of an event is a JSON object; a tlog-proof begins with its version.
    if bytes.first == UInt8(ascii: "{") {
      guard entry == nil else { throw UsageError("the proof of an event holds its entry; leave --entry out") }
      try checkEvent(bytes, policy)
    } else {
      guard let entry else { throw UsageError("name the entry that is proven: --entry FILE") }
      try checkEntry(bytes, Files.read(entry), policy)
    }
  }

  private func checkEntry(_ bytes: [UInt8], _ entry: [UInt8], _ policy: TrustPolicy) throws {
    let proof = try LogProof(bytes)
    try proof.verify(entry, under: policy)
    if json { Console.print { Self.write(proof, to: &$0) } }
    let tree = proof.checkpoint.checkpoint
    Verdict.good("the entry is number \(proof.index) of \(tree.size) in \(tree.origin)", json: json)
  }

  private func checkEvent(_ bytes: [UInt8], _ policy: TrustPolicy) throws {
    let event = try EventProof(bytes)
    try event.verify(under: policy)
    let fact = try event.fact()
    Console.print { output in
      Self.write(event.proof, to: &output)
      output.field("position", event.event)
      output.field("author", (try? SignedLine(event.line).author.description) ?? "")
      output.field("event") { fact.write(to: &$0) }
    }
    let tree = event.proof.checkpoint.checkpoint
    Verdict.good(
      "the event is \(event.proof.index).\(event.event) of \(tree.size) entries in \(tree.origin)", json: json)
  }

  private static func write(_ proof: LogProof, to output: inout JSONWriter) {
    output.field("origin", proof.checkpoint.checkpoint.origin)
    output.field("index", proof.index)
    output.field("size", proof.checkpoint.checkpoint.size)
    output.field("root", proof.checkpoint.checkpoint.root)
  }
}
