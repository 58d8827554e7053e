import ArgumentParser
import Encoding
import Log
import Storage

/// Making a proof out of a log.
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the proof that an entry stands in the log, or that the log extends an older one.",
    discussion: """
      An entry: a C2SP tlog-proof; keep it with the entry's line (--entry FILE). With --event N, the proof of one event of \
      the entry in one file. With --consistency OLD, the proof that the log extends the tree of the checkpoint in the file OLD.
      """)

  @Argument(help: Place.help)
  var source: String

  @Argument(help: "The entry's index.")
  var index: Int?

  @Option(help: "Write the entry's line to this file too.")
  var entry: String?

  @Option(help: "Prove this event of the entry, counted from 0.")
  var event: Int?

  @Option(help: "The file of an older checkpoint of this log.")
  var consistency: String?

  @Option(help: "Write the checkpoint that the proof is for to this file too.")
  var checkpoint: String?

  func run() throws {
    let source = try OpenSource.open(source)
    let published = try source.publishedCheckpoint()
    switch (index, consistency) {
    case (let index?, nil): try prove(index, in: source)
    case (nil, let old?):
      guard entry == nil, event == nil else { throw UsageError("consistency is of a log, not of an entry") }
      let old = try CosignedCheckpoint(Files.read(old)).checkpoint
      try old.require(published.checkpoint.origin)
      Console.print(bytes: try source.consistency(from: old.size).bytes)
    default: throw UsageError("say what to prove: an entry's index, or --consistency OLD")
    }
    if let checkpoint { try Files.write(published.bytes, checkpoint) }
  }

  private func prove(_ index: Int, in source: any LogSource) throws {
    let proof = try source.proof(of: index)
    let line = try source.leaves(index..<(index + 1))[0]
    if let entry { try Files.write(line, entry) }
    if let event {
      Console.print(bytes: try EventProof(event: event, line: line, proof: proof).bytes + [0x0A])
    } else {
      Console.print(bytes: proof.bytes)
    }
  }
}
