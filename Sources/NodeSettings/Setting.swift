/// What `twinergy node run` can be told: by a flag, an environment variable, or the configuration file.
public enum Setting: String, CaseIterable, Sendable {
  case data
  case keys
  case passphraseFile = "passphrase-file"
  case http
  case genesis
  case peers
  case consensusNats = "consensus-nats"
  case consensusNatsUser = "consensus-nats-user"
  case consensusNatsPasswordFile = "consensus-nats-password-file"
  case consensusNatsCredsFile = "consensus-nats-creds-file"
  case consensusNatsCaFile = "consensus-nats-ca-file"
  case restored
  case nats
  case natsTokenFile = "nats-token-file"
  case natsUser = "nats-user"
  case natsPasswordFile = "nats-password-file"
  case natsNkeyFile = "nats-nkey-file"
  case natsCredsFile = "nats-creds-file"
  case natsCaFile = "nats-ca-file"
  case natsCertFile = "nats-cert-file"
  case natsKeyFile = "nats-key-file"
  case natsHostname = "nats-hostname"
  case natsStream = "nats-stream"
  case natsCompatible = "nats-compatible"
  case natsOwn = "nats-own"
  case natsExpect = "nats-expect"
  case natsHeartbeat = "nats-heartbeat"

  /// Whether it names a place of secrets.
  public var leadsToSecrets: Bool {
    switch self {
    case .keys, .passphraseFile, .consensusNatsPasswordFile, .consensusNatsCredsFile, .natsTokenFile,
      .natsPasswordFile, .natsNkeyFile, .natsCredsFile, .natsKeyFile:
      true
    default: false
    }
  }

  /// Whether it is of use only where a broker is named.
  public var isAboutBroker: Bool { rawValue.hasPrefix("nats-") }

  /// The environment variable, `TWINERGY_PASSPHRASE_FILE`.
  public var variable: String { "TWINERGY_" + rawValue.uppercased().replacing("-", with: "_") }
}
