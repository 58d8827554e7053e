import ArgumentParser
import Audit
import Encoding
import Foundation
import Log
import Quantities
import Storage

/// Watching a log at several places.
struct WatchLog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Watch a log at several places: that all show one log, and that it only grows.",
    discussion: """
      What was seen is kept in the file --state. A fork or a step back ends the command with status 14 and leaves the signed \
      checkpoints in the file --proof. A place that does not answer is waited for; with --once it ends with status 13.
      """)

  @Argument(help: "The log's places: data directories, exported logs, or http(s) addresses.")
  var sources: [String]

  @OptionGroup var trust: TrustOptions

  @Option(help: "The file of what was seen; made at the first look.")
  var state: String

  @Option(help: "The file for the proof of a fork. Without it, the state's name with .fork.json behind it.")
  var proof: String?

  @Flag(help: "Look once.")
  var once = false

  @Option(help: "Seconds from one look to the next.")
  var interval = 60.0

  @Flag(help: "Write a JSON line for each look.")
  var json = false

  func run() throws {
    guard (0.05...86_400).contains(interval) else { throw UsageError("--interval is 0.05 to 86400 seconds") }
    guard sources.count <= WatchMemory.maximumPlaces, Set(sources).count == sources.count else {
      throw UsageError("a watcher asks 1 to \(WatchMemory.maximumPlaces) different places")
    }
    let known = FileManager.default.fileExists(atPath: state) ? try WatchMemory(Files.read(state)) : nil
    var watch = Watch(try trust.watched(), memory: known)
    if once { return try finish(look(&watch)) }
    let stopped = DispatchSemaphore(value: 0)
    let ending = Ending()
    ending.onFirst { stopped.signal() }
    let signals = StopSignals { ending.end(with: $0 == SIGINT ? .interrupted : .good) }
    defer { signals.cancel() }
    repeat {
      let report = try look(&watch)
      if report.alarm != nil { return try finish(report) }
    } while stopped.wait(timeout: .now() + interval) == .timedOut
    if let status = ending.status, status != .good { throw ExitCode(status.rawValue) }
  }

  private func look(_ watch: inout Watch) throws -> WatchReport {
    let before = watch.memory
    let report = watch.look(at: sources)
    if let alarm = report.alarm { try keep(alarm.file, proofFile) }
    if let memory = watch.memory, memory != before { try keep(memory.bytes, state) }
    tell(report, newest: watch.memory?.newest.checkpoint)
    return report
  }

  private var proofFile: String { proof ?? "\(state).fork.json" }

  /// On the disk before it is told.
  private func keep(_ bytes: [UInt8], _ file: String) throws {
    try DurableFile.write(bytes + [0x0A], to: file)
    let parent = (file as NSString).deletingLastPathComponent
    try DurableFile.sync(parent.isEmpty ? "." : parent)
  }

  private func tell(_ report: WatchReport, newest: Checkpoint?) {
    if json { return Console.print { Self.write(report, newest, proofFile, to: &$0) } }
    for place in report.places {
      if let fault = place.fault {
        Console.print("\(place.place): \(fault.code): \(fault.sentence)")
      } else if let checkpoint = place.checkpoint {
        Console.print("\(place.place): \(checkpoint.checkpoint.size) leaves, root \(checkpoint.checkpoint.root.base64)")
      }
    }
  }

  private static func write(
    _ report: WatchReport, _ newest: Checkpoint?, _ proof: String, to output: inout JSONWriter
  ) {
    output.field("at", Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)))
    if let newest { output.field("size", newest.size) }
    output.field("places", each: report.places) { writer, place in
      writer.object { fields in
        fields.field("place", place.place)
        if let checkpoint = place.checkpoint?.checkpoint {
          fields.field("size", checkpoint.size)
          fields.field("root", checkpoint.root)
        }
        if let fault = place.fault {
          fields.field("code", fault.code)
          fields.field("sentence", fault.sentence)
        }
      }
    }
    if let alarm = report.alarm {
      output.field("alarm") { field in
        field.object { fields in
          fields.field("code", alarm.code)
          fields.field("sentence", alarm.sentence)
          fields.field("proof", proof)
        }
      }
    }
  }

  private func finish(_ report: WatchReport) throws {
    if let alarm = report.alarm {
      Verdict.bad("\(alarm.sentence); \(proofFile) has what was signed", json: json)
      throw ExitCode(ExitStatus.conflict.rawValue)
    }
    if let fault = report.faults.first {
      Verdict.bad("\(fault.sentence)", json: json)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    guard report.unreachable.isEmpty else {
      Verdict.bad("\(report.unreachable.joined(separator: ", ")) did not answer", json: json)
      throw ExitCode(ExitStatus.network.rawValue)
    }
    Verdict.good("\(report.places.count) places show one log, which has only grown", json: json)
  }
}
