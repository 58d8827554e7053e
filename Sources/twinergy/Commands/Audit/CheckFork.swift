import ArgumentParser
import Encoding
import Log

/// Checking the proof of a fork.
struct CheckFork: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-fork",
    abstract: "Check the proof that a log has forked, offline, and name who signed both sides.")

  @Argument(help: "The file that `audit watch` left.")
  var proof: String

  @OptionGroup var trust: TrustOptions

  @Flag(help: "Write the result as JSON.")
  var json = false

  func run() throws {
    let proof = try ForkProof(Files.read(proof))
    let signers = try proof.verify(under: trust.read())
    let (small, large) = (proof.small.checkpoint, proof.large.checkpoint)
    if json {
      Console.print { output in
        output.field("origin", small.origin)
        output.field("sizes", [small.size, large.size])
        output.field("signers", each: signers) { $0.string($1) }
      }
    }
    Verdict.good(
      "\(small.origin) has forked: its trees of \(small.size) and \(large.size) leaves contradict each other; "
        + "\(signers.isEmpty ? "nobody" : signers.joined(separator: ", ")) signed both", json: json)
  }
}
