import ArgumentParser
import Encoding
import Log
import Storage

/// Reading, making and exporting a log.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Read, make, move or copy a log.",
    subcommands: [New.self, Show.self, Stats.self, Export.self, Import.self, Backup.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a log of a genesis document.",
      discussion: """
        Of a log that several validators decide, each makes its own once, before the first of them runs. A validator that has \
        lost its log is started with `node run --genesis` instead: it has voted already.
        """)

    @Argument(help: "The data directory to make.")
    var data: String

    @Option(help: "The genesis document.")
    var genesis: String

    func run() throws {
      let genesis = try Genesis(Files.read(genesis))
      let store = try LogStore.create(data, genesis: genesis)
      // Whoever makes a log says that this validator has not voted in it yet.
      try store.prepareForVotes()
      try store.write([.vouch])
      Verdict.good("the log of \(genesis.origin) is in \(data)", json: false)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what was signed, a JSON line an entry.")

    @Argument(help: Place.help)
    var source: String

    @Option(help: "The first entry's index.")
    var from = 0

    @Option(help: "How many entries at most.")
    var count = 100

    func run() throws {
      let source = try OpenSource.open(source)
      let size = try source.publishedCheckpoint().checkpoint.size
      guard from >= 0, count > 0, from < size else { throw UsageError("the log has entries 0 to \(size - 1)") }
      for index in from..<min(size, from + count) {
        let leaf = try source.leaves(index..<(index + 1))[0]
        Console.print { output in
          output.field("index", index)
          output.field("hash", MerkleHash.leaf(leaf))
          Self.write(leaf, index, to: &output)
        }
      }
    }

    private static func write(_ leaf: [UInt8], _ index: Int, to output: inout JSONWriter) {
      guard index > 0 else { return output.field("genesis") { $0.raw(leaf) } }
      do {
        let line = try SignedLine(leaf)
        output.field("kind", line.kind == .block ? "block" : "entry")
        output.field("kid", line.author.description)
        _ = try JSONDocument(line.payload)
        output.field("payload") { $0.raw(line.payload) }
      } catch {
        output.field("unreadable", "\(error)")
      }
    }
  }

  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Count what a log holds.")

    @Argument(help: Place.help)
    var source: String

    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
      let stats = try LogStatistics(OpenSource.open(source))
      if json {
        Console.print { stats.write(to: &$0) }
      } else {
        for line in stats.table { Console.print(line) }
      }
    }
  }
}
