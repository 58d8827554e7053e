import ArgumentParser
import Audit
import Encoding
import Foundation
import Node
import Storage

/// Moving logs: export, import, backup.
extension LogCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a log as a directory of tiles that any web server can publish (C2SP tlog-tiles).")

    @Argument(help: Place.help)
    var source: String

    @Argument(help: "The directory to write, empty or an earlier export of the same log.")
    var directory: String

    @Flag(help: "Keep the directory in step until SIGTERM or SIGINT.")
    var follow = false

    @Option(help: "With --follow: seconds from one look to the next.")
    var every = 1.0

    func run() throws {
      guard (0.05...86_400).contains(every) else { throw UsageError("--every is 0.05 to 86400 seconds") }
      if follow {
        let status = try FollowExport(place: source, directory: directory, interval: every).run()
        if status != .good { throw ExitCode(status.rawValue) }
        return
      }
      let source = try OpenSource.open(source)
      var bar = ProgressBar("tiles")
      let size = try LogExport.write(source, to: directory) { bar.update($0, of: $1) }
      bar.finish()
      Verdict.good("\(size) leaves are exported to \(directory)", json: false)
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take over a log as a data directory, once all of it verifies and replays.")

    @Argument(help: Place.help)
    var source: String

    @Argument(help: "The data directory to make; empty, or not there yet.")
    var data: String

    @Option(help: "A genesis document that you trust, instead of the one beside the log.")
    var genesis: String?

    func run() throws {
      let source = try OpenSource.open(source)
      let trusted = try genesis.map { try Files.read($0) }
      var bar = ProgressBar("entries")
      let size = try LogImport.write(source, to: data) {
        bar.update($0, of: $1)
      } verify: { store in
        bar.finish()
        let report = Auditor(store, genesis: trusted).verify()
        if let finding = report.findings.first {
          for finding in report.findings { Console.note("\(finding)") }
          throw StorageError.damaged("the log does not verify: \(finding.sentence)")
        }
        _ = try Replay.all(store)
      }
      Verdict.good("\(size) leaves verify, replay and are in \(data)", json: false)
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy a data directory's log while a node runs.",
      discussion:
        "To restore it, use the copy as the data directory. Keys and profiles are not in it. Specs/operations.md.")

    @Argument(help: "The data directory.")
    var data: String

    @Argument(help: "The directory to make; empty, or not there yet.")
    var directory: String

    func run() throws {
      try LogStore.read(data).backup(to: directory)
      let copy = try LogStore.read(directory)
      let size = try copy.checkpoint() == nil ? 1 : try copy.publishedCheckpoint().checkpoint.size
      Verdict.good("\(size) leaves are in \(directory)", json: false)
    }
  }
}

/// How a SOURCE is explained.
enum Place {
  static let text = "A data directory, an exported log, or the http(s) address of one."
  static let help = ArgumentHelp(text)
}
