/// What can be told about the broker, by the names of the options.
enum BrokerSetting: String, CaseIterable {
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
}
