import ArgumentParser
import Audit
import Encoding
import Foundation
import NodeSettings
import Quantities
import Storage

/// What somebody who helps needs to know, and nothing of keys or people.
struct SupportBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "support-bundle", abstract: "Write versions, counts, settings and findings for somebody who helps.",
    discussion:
      "Nothing of a key, a passphrase, a profile or a participant is in it; findings have codes and places only.")

  @Argument(help: "The data directory.")
  var data: String

  @Option(help: "The node's configuration file.")
  var config: String?

  @Option(help: "The file to write; without it, standard output.")
  var to: String?

  func run() throws {
    let store = try LogStore.read(data)
    let environment = ProcessInfo.processInfo.environment
    let settings = try Settings(
      flags: [:], environment: environment, file: try config.map { (try Files.read($0), $0) })
    let report = Auditor(store).verify()
    let statistics = try? LogStatistics(store)
    let bytes = JSONWriter.bytes { writer in
      writer.object { bundle in
        bundle.field("program") { field in field.object(writeProgram) }
        bundle.field("settings") { field in field.object { write(settings, to: &$0) } }
        bundle.field("files", each: files) { writer, file in
          writer.object { fields in
            fields.field("name", file.name)
            fields.field("bytes", file.bytes)
            fields.field("mode", String(file.mode, radix: 8))
          }
        }
        if let statistics { bundle.field("log") { field in field.object { statistics.write(to: &$0) } } }
        bundle.field("audit") { field in field.object { write(report, to: &$0) } }
      }
    }
    guard let to else { return Console.print(bytes: bytes + [0x0A]) }
    try Files.write(bytes + [0x0A], to)
    Verdict.good("\(to) can be given away: it holds nothing of keys or people", json: true)
  }

  private func writeProgram(to writer: inout JSONWriter) {
    writer.field("version", Twinergy.configuration.version)
    writer.field("system", ProcessInfo.processInfo.operatingSystemVersionString)
    writer.field("cores", ProcessInfo.processInfo.activeProcessorCount)
    writer.field("memory", Int(ProcessInfo.processInfo.physicalMemory))
    writer.field("at", Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)).description)
  }

  private func write(_ settings: Settings, to writer: inout JSONWriter) {
    for setting in Setting.allCases {
      guard let value = settings[setting] else { continue }
      writer.field(setting.rawValue, setting.leadsToSecrets ? "(set, not told)" : value.text)
    }
  }

  /// Codes and places: a sentence could name a participant.
  private func write(_ report: AuditReport, to writer: inout JSONWriter) {
    writer.name("good")
    writer.boolean(report.isGood)
    writer.field("signatures", report.signatures)
    writer.field("findings", each: report.findings) { writer, finding in
      writer.object { fields in
        fields.field("code", finding.code)
        if let index = finding.index { fields.field("index", index) }
        if let place = finding.place { fields.field("place", place) }
      }
    }
  }

  private var files: [(name: String, bytes: Int, mode: Int)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    return names.sorted().compactMap { name in
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: "\(data)/\(name)") else { return nil }
      return (name, (attributes[.size] as? Int) ?? 0, (attributes[.posixPermissions] as? Int) ?? 0)
    }
  }
}
