import ArgumentParser
import Community
import Foundation

/// Writes what events and messages look like.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Write the JSON Schemas of all events and messages, and the AsyncAPI document.")

  @Argument(help: "The directory to write to; Specs has them.")
  var directory: String

  func run() throws {
    let files = ContractFiles.all
    for file in files {
      let url = URL(fileURLWithPath: directory).appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Files.write(file.bytes, url.path)
    }
    Verdict.good("\(files.count) files are written to \(directory)", json: false)
  }
}
