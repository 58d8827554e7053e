import Log
import NATS
import Node
import NodeSettings
import Peering

/// What a validator is told about the others.
struct TogetherSettings {
  private let settings: Settings

  init(_ settings: Settings) { self.settings = settings }

  /// Where the others publish their logs.
  var peers: [String] { settings.list(.peers) }

  /// Whether it is said where validators meet.
  var isWanted: Bool { !settings.list(.consensusNats).isEmpty }

  /// How the validator `me` of `genesis` reaches the others.
  func company(_ genesis: Genesis, me: String) throws -> Company {
    let servers = settings.list(.consensusNats)
    guard !servers.isEmpty else {
      throw SettingError(
        "\(genesis.origin) has \(genesis.validators.validators.count) validators: name the NATS servers where they meet, "
          + "--\(Setting.consensusNats.rawValue) nats://HOST:PORT")
    }
    let tls = settings[.consensusNatsCaFile].map { ConnectionOptions.TLS(authorities: $0.text) }
    let needsTLS = servers.contains { $0.hasPrefix("tls://") }
    let options = ConnectionOptions(
      servers, name: "twinergy validator \(me)", credential: try credential(),
      tls: tls ?? (needsTLS ? ConnectionOptions.TLS() : nil))
    let others = genesis.validators.validators.map(\.name).filter { $0 != me }
    let transport = NATSTransport(options, chain: genesis.origin, me: me, others: others) { event, sentence in
      EventLine.write(event, level: event == "reached" ? .info : .warning, ("nats", sentence))
    }
    return Company(transport, peers: peers, isRestored: try settings.isTrue(.restored), tell: Self.tell)
  }

  /// Writes `event` down.
  @Sendable static func tell(_ event: NodeEvent) {
    EventLine.write(event.name, level: event.isWarning ? .warning : .info, event.fields.map { ($0.name, $0.value) })
  }

  private func credential() throws -> Credential {
    if let file = settings[.consensusNatsCredsFile] { return try .credentials(file: file.text) }
    guard let user = settings[.consensusNatsUser] else { return .none }
    guard let password = settings[.consensusNatsPasswordFile] else {
      throw SettingError("consensus-nats-user needs consensus-nats-password-file")
    }
    return .user(user.text, try Credential.secret(file: password.text))
  }
}
