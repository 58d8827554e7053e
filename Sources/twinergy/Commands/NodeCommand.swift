import ArgumentParser
import Foundation
import NodeSettings

/// A node as a service.
struct NodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node", abstract: "Run a node that takes entries and publishes its log.", subcommands: [Run.self])

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Take entries over HTTP and NATS, publish the log and tell the platform of it, until SIGTERM or SIGINT.",
      discussion: """
        Each option can also stand in the environment or in the --config file (Specs/configuration.md). With --nats, messages \
        go out, and requests become entries where the keys hold a gateway.key that governance has granted.
        """)

    @Option(help: "The data directory, which must hold a log.")
    var data: String?

    @Option(help: "The directory of vote.key and cosign.key. Without it, DATA/keys.")
    var keys: String?

    @Option(help: "The file of the keys' passphrase. Without it, a systemd credential or the terminal.")
    var passphraseFile: String?

    @Option(help: "Where to listen. Without it, 127.0.0.1:8080, which only this machine reaches.")
    var http: String?

    @OptionGroup(title: "Deciding together with other validators") var together: TogetherOptions

    @OptionGroup(title: "The broker") var broker: BrokerArguments

    @Option(help: "A JSON file with any of these options.")
    var config: String?

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      let path = config ?? environment["TWINERGY_CONFIG"]
      var flags = together.settings.merging(broker.settings) { $1 }
      (flags[.data], flags[.keys], flags[.passphraseFile], flags[.http]) = (data, keys, passphraseFile, http)
      let settings = try Settings(
        flags: flags, environment: environment, file: try path.map { (try Files.read($0), $0) })
      let status = try await NodeRun(settings).run()
      if status != .good { throw ExitCode(status.rawValue) }
    }
  }
}

/// How a validator reaches the others.
struct TogetherOptions: ParsableArguments {
  @Option(help: "The genesis document, of which a log is begun where there is none.")
  var genesis: String?

  @Option(help: "Addresses under which the others publish their logs, with commas between.")
  var peers: String?

  @Option(help: "The NATS servers over which the validators decide: nats://HOST:PORT, with commas between.")
  var consensusNats: String?

  @Option(help: "The user there.")
  var consensusNatsUser: String?

  @Option(help: "The file of the user's password.")
  var consensusNatsPasswordFile: String?

  @Option(help: "The file of NATS credentials, instead of a user.")
  var consensusNatsCredsFile: String?

  @Option(help: "The authorities that vouch for the NATS servers.")
  var consensusNatsCaFile: String?

  @Option(
    help: "true where the data directory comes from a snapshot of a disk: votes are then given only when it is safe.")
  var restored: String?

  var settings: [Setting: String] {
    let given: [Setting: String?] = [
      .genesis: genesis, .peers: peers, .consensusNats: consensusNats, .consensusNatsUser: consensusNatsUser,
      .consensusNatsPasswordFile: consensusNatsPasswordFile, .consensusNatsCredsFile: consensusNatsCredsFile,
      .consensusNatsCaFile: consensusNatsCaFile, .restored: restored,
    ]
    return given.compactMapValues { $0 }
  }
}
