import ArgumentParser
import NodeSettings

/// The options about the broker. None of them is a secret: secrets stand in files.
struct BrokerArguments: ParsableArguments {
  @Option(help: "NATS servers, nats://HOST:PORT or tls://HOST:PORT, separated by commas. Without it, HTTP alone.")
  var nats: String?

  @Option(help: "A file of the token.")
  var natsTokenFile: String?

  @Option(help: "The user's name.")
  var natsUser: String?

  @Option(help: "A file of the user's password.")
  var natsPasswordFile: String?

  @Option(help: "A file of an NKEY's seed.")
  var natsNkeyFile: String?

  @Option(help: "A credentials file: a JWT and a seed.")
  var natsCredsFile: String?

  @Option(help: "A file of the authorities that may vouch for the server.")
  var natsCaFile: String?

  @Option(help: "A file of the client's own certificates.")
  var natsCertFile: String?

  @Option(help: "A file of their key.")
  var natsKeyFile: String?

  @Option(help: "The name in the server's certificate, where it is not the URL's.")
  var natsHostname: String?

  @Option(help: "The JetStream stream that keeps the messages; made where it is missing.")
  var natsStream: String?

  @Option(help: "Whether every error code is 409, as the deliverable has it: true or false.")
  var natsCompatible: String?

  @Option(help: "The modules that this node speaks for. Without it, M9.")
  var natsOwn: String?

  @Option(help: "Modules that count as missing even if they are never heard, separated by commas.")
  var natsExpect: String?

  @Option(help: "Seconds between heartbeats. Without it, 10.")
  var natsHeartbeat: String?

  /// The options by their settings.
  var settings: [Setting: String] {
    let all: [(Setting, String?)] = [
      (.nats, nats), (.natsTokenFile, natsTokenFile), (.natsUser, natsUser), (.natsPasswordFile, natsPasswordFile),
      (.natsNkeyFile, natsNkeyFile), (.natsCredsFile, natsCredsFile), (.natsCaFile, natsCaFile),
      (.natsCertFile, natsCertFile), (.natsKeyFile, natsKeyFile), (.natsHostname, natsHostname),
      (.natsStream, natsStream), (.natsCompatible, natsCompatible), (.natsOwn, natsOwn), (.natsExpect, natsExpect),
      (.natsHeartbeat, natsHeartbeat),
    ]
    return Dictionary(uniqueKeysWithValues: all.compactMap { setting, text in text.map { (setting, $0) } })
  }
}
