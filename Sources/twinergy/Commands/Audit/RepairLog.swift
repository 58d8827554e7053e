import ArgumentParser
import Audit
import Encoding
import Foundation
import Log
import Storage

/// Putting a damaged log right from another copy.
struct RepairLog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Put damaged bytes right from another copy of the log, each only if it hashes to the log's root.")

  @Argument(help: "The damaged data directory or exported log.")
  var directory: String

  @Option(help: "The other copy: a data directory, an exported log, or the http(s) address of one.")
  var from: String

  @Option(help: "A genesis document that you trust; needed where the damaged copy's own cannot be read.")
  var genesis: String?

  func run() throws {
    let source = try OpenSource.open(from)
    if LogStore.exists(directory) {
      let store = try LogStore.open(directory)
      let plan = try plan(store, source, genesis(store, source))
      if !plan.isEmpty { try store.apply(plan) }
      try conclude(store, plan)
    } else {
      let tiles = try TileDirectory(directory)
      let genesis = try genesis(tiles, source)
      let plan = try plan(tiles, source, genesis)
      try tiles.apply(plan, genesis: genesis)
      try conclude(TileDirectory(directory), plan)
    }
  }

  private func genesis(_ damaged: some LogSource, _ source: some LogSource) throws -> Genesis {
    if let genesis { return try Genesis(Files.read(genesis)) }
    guard let own = try? damaged.genesis(), own == (try source.genesis()) else {
      throw StorageError.conflict(
        "the two copies do not have the same genesis document; give the one that you trust with --genesis")
    }
    return try Genesis(own)
  }

  private func plan(_ damaged: some LogSource, _ source: some LogSource, _ genesis: Genesis) throws -> RepairPlan {
    var bar = ProgressBar("entries")
    defer { bar.finish() }
    return try RepairPlan(damaged, from: source, genesis: genesis) { bar.update($0, of: $1) }
  }

  private func conclude(_ repaired: some LogSource, _ plan: RepairPlan) throws {
    for index in plan.leaves.keys.sorted() { Console.print("entry \(index) was damaged and is put right") }
    for tile in plan.tiles.keys.map(\.description).sorted() { Console.print("\(tile) was damaged and is put right") }
    if plan.checkpoint != nil { Console.print("the checkpoint was damaged and is put right") }
    let report = Auditor(repaired).verify()
    for finding in report.findings { Console.print("\(finding)") }
    guard report.isGood else {
      Verdict.bad(
        "\(report.findings.count) findings remain; twinergy log import makes a new data directory", json: false)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    Verdict.good(
      plan.isEmpty
        ? "nothing was damaged: \(report.size) leaves verify"
        : "\(plan.leaves.count) entries were put right; \(report.size) leaves verify", json: false)
  }
}
