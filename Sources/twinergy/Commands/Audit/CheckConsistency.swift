import ArgumentParser
import Encoding
import Log

/// Checking that one checkpoint's tree extends another's.
struct CheckConsistency: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-consistency",
    abstract: "Check that the tree of a newer checkpoint extends that of an older, offline.")

  @Argument(help: "The file of the older checkpoint.")
  var old: String

  @Argument(help: "The file of the newer checkpoint.")
  var new: String

  @Argument(help: "The file of the proof.")
  var proof: String

  @OptionGroup var trust: TrustOptions

  @Flag(help: "Write the result as JSON.")
  var json = false

  func run() throws {
    let policy = try trust.read()
    let (old, new) = (try CosignedCheckpoint(Files.read(old)), try CosignedCheckpoint(Files.read(new)))
    try ConsistencyProof(Files.read(proof)).verify(from: old, to: new, under: policy)
    if json {
      Console.print { output in
        output.field("origin", new.checkpoint.origin)
        output.field("old", old.checkpoint.size)
        output.field("new", new.checkpoint.size)
      }
    }
    Verdict.good(
      "the tree of \(new.checkpoint.size) leaves extends that of \(old.checkpoint.size) in \(new.checkpoint.origin)",
      json: json)
  }
}
