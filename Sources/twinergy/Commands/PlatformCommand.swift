import ArgumentParser
import Foundation
import Log
import Node
import Platform
import Quantities
import Storage

/// A node on the platform: its log's messages go out over NATS, and modules ask it there.
struct PlatformCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platform", abstract: "Publish a log's messages over NATS and answer requests there, until SIGTERM.",
    discussion: """
      The node takes entries on twinergy.submit, and turns requests into entries where the keys hold a gateway.key that \
      governance has granted. Specs/nats.conf is an example of a broker.
      """)

  @Option(help: "The data directory.")
  var data: String

  @Option(help: "The name under which the validator cosigns.")
  var validator: String

  @Option(help: "The directory of vote.key and cosign.key, and of gateway.key where requests may change something.")
  var keys = "keys"

  @Option(help: "The file of the keys' passphrase.")
  var passphraseFile: String

  @OptionGroup(title: "The broker") var broker: BrokerArguments

  func run() async throws {
    let files = KeyFiles(directory: keys)
    let passphrase = try Passphrase.read(file: passphraseFile)
    let key = files.exists("gateway") ? try files.open("gateway", passphrase: passphrase) : nil
    let options = try PlatformSettings(broker.settings).options(gatewayKey: key)
    let node = try Node(
      store: try LogStore.open(data),
      keys: ValidatorKeys(
        name: validator, vote: try files.open("vote", passphrase: passphrase),
        cosign: try files.open("cosign", passphrase: passphrase)), clock: Self.now)
    let service = PlatformService(node, options, clock: Self.now) { event in
      let fields = event.fields.map { " \($0.name)=\"\($0.value)\"" }.joined()
      Console.note("\(event.isWarning ? "warning" : "info") event=\(event.name)\(fields)")
    }
    try await serve(service)
  }

  /// Serves until SIGTERM, or until the process must stop and look again.
  private func serve(_ service: PlatformService) async throws {
    let running = Task { try await service.run() }
    signal(SIGTERM, SIG_IGN)
    let stop = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
    stop.setEventHandler { running.cancel() }
    stop.resume()
    defer { stop.cancel() }
    do {
      try await running.value
    } catch is CancellationError {
      Console.note("info event=stopped")
    }
  }

  @Sendable private static func now() -> Instant { Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }
}
