import ArgumentParser
import Audit
import Community
import Foundation
import Node
import Quantities
import Storage

/// The main job: a community's day, cleared, settled, proved.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Play a community's day: joined, ordered, cleared, settled, verified.",
    discussion: "Interrupted, the same command with the same --data goes on where it stopped.")

  @Option(help: "A day directory (Specs/day-files.md). Without it, a summer day of the village of Hagedorn.")
  var day: String?

  @Option(help: "Where the log is kept. Without it, a new directory among the temporary files.")
  var data: String?

  @Flag(help: "Start Debian's nats-server on this machine and send the day's messages out as they happen.")
  var nats = false

  @Flag(help: "Write receipts and results to standard output as JSON lines.")
  var json = false

  func run() async throws {
    let started = Date()
    let day = try DayReader.read(day ?? Self.shippedDay)
    let data = data ?? NSTemporaryDirectory() + "twinergy-demo-\(UUID().uuidString.prefix(8))"
    Console.note(Console.bold("\(day.title), \(day.market.date)"))
    Console.note("\(day.source)\n")
    var run = try DemoRun(day, directory: data, reportsReceipts: json)
    let live = nats ? try await LiveMessages(run.node) : nil
    let community = try await run.play()
    let told = try await live?.finish()
    let summary = try DaySummary(day, community)
    Console.note("")
    let report = Auditor(run.store).verify()
    let replayed = try Replay.all(run.store)
    let digest = StateSnapshot(community).digest
    let isSame = StateSnapshot(replayed.community).digest == digest
    if json {
      Console.print { output in
        summary.write(to: &output)
        if let told { output.field("messages", told) }
        output.field("state", digest.hex)
        report.write(to: &output)
      }
    } else {
      for line in summary.table { Console.print(line) }
      if let told { Console.print("messages that a listener received over NATS \(told)") }
      Console.print(
        "entries \(report.entries) in \(report.blocks) blocks, \(Self.seconds(since: started)) s, log in \(data)")
    }
    for finding in report.findings { Console.note("\(finding)") }
    guard report.isGood, isSame else {
      Verdict.bad("the log does not verify, or its replay has another state", json: json)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    Verdict.good(
      "\(report.signatures) signatures, \(report.size) leaves and the root verify; the replayed state has the same digest "
        + digest.hex.prefix(16), json: json)
  }

  private static func seconds(since start: Date) -> String {
    Decimals.format(Int(Date().timeIntervalSince(start) * 10), decimals: 1, least: 1)
  }

  private static var shippedDay: String { Bundle.module.bundlePath + "/Days/hagedorn" }
}
