/// What `twinergy node run` can be told: by a flag, an environment variable, or the configuration file.
enum Setting: String, CaseIterable {
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

  /// Whether it names a place of secrets.
  var leadsToSecrets: Bool {
    switch self {
    case .keys, .passphraseFile, .consensusNatsPasswordFile, .consensusNatsCredsFile: true
    default: false
    }
  }

  /// The environment variable, `TWINERGY_PASSPHRASE_FILE`.
  var variable: String { "TWINERGY_" + rawValue.uppercased().replacing("-", with: "_") }
}
