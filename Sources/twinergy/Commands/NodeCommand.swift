import ArgumentParser
import Foundation

/// A node as a service.
struct NodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node", abstract: "Run a node that takes entries and publishes its log.", subcommands: [Run.self])

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take entries over HTTP, and publish the log, until SIGTERM or SIGINT.",
      discussion: "Each option can also stand in the environment or in the --config file (Specs/configuration.md).")

    @Option(help: "The data directory, which must hold a log.")
    var data: String?

    @Option(help: "The directory of vote.key and cosign.key. Without it, DATA/keys.")
    var keys: String?

    @Option(help: "The file of the keys' passphrase. Without it, a systemd credential or the terminal.")
    var passphraseFile: String?

    @Option(help: "Where to listen. Without it, 127.0.0.1:8080, which only this machine reaches.")
    var http: String?

    @Option(help: "A JSON file with any of these options.")
    var config: String?

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      let path = config ?? environment["TWINERGY_CONFIG"]
      var flags: [Setting: String] = [:]
      (flags[.data], flags[.keys], flags[.passphraseFile], flags[.http]) = (data, keys, passphraseFile, http)
      let settings = try Settings(
        flags: flags, environment: environment, file: try path.map { (try Files.read($0), $0) })
      let status = try await NodeRun(settings).run()
      if status != .good { throw ExitCode(status.rawValue) }
    }
  }
}
