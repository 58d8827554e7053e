import Cryptography
import Foundation
import Kernel
import NATS
import Platform

/// What a node is told about the broker. Secrets stand in files; a flag, log or URL never holds one.
struct PlatformSettings {
  private let settings: Settings

  init(_ settings: Settings) { self.settings = settings }

  private func get(_ setting: Setting) -> String? { settings[setting]?.text }

  /// The options of the platform's side; nil where no broker is named.
  ///
  /// - Parameter gatewayKey: opens the gateway's key, where there is one.
  func options(gatewayKey: () throws -> SecretKey?) throws -> PlatformService.Options? {
    guard let urls = get(.nats) else {
      if let setting = Setting.allCases.first(where: { $0.isAboutBroker && get($0) != nil }) {
        throw UsageError("\(setting.rawValue) needs a NATS server: --nats nats://HOST:PORT")
      }
      return nil
    }
    var connection = ConnectionOptions(
      urls.split(separator: ",").map(String.init), name: "twinergy node", credential: try credential(), tls: try tls())
    connection.timeoutMilliseconds = 5000
    var options = PlatformService.Options(connection)
    options.stream = get(.natsStream)
    options.key = try gatewayKey()
    options.isCompatible = try isTrue(.natsCompatible)
    if let own = get(.natsOwn) { options.own = try correspondents(own) }
    options.expected = try get(.natsExpect).map(correspondents) ?? []
    if let seconds = get(.natsHeartbeat) {
      guard let seconds = Int(seconds), (1...3600).contains(seconds) else {
        throw UsageError("nats-heartbeat is 1 to 3600 seconds, not \"\(seconds.prefix(20))\"")
      }
      options.heartbeat = seconds * 1000
    }
    return options
  }

  private func credential() throws -> Credential {
    let (token, user) = (get(.natsTokenFile), get(.natsUser))
    let (nkey, file) = (get(.natsNkeyFile), get(.natsCredsFile))
    guard [token, user, nkey, file].compactMap({ $0 }).count <= 1 else {
      throw UsageError("give one of nats-token-file, nats-user, nats-nkey-file, nats-creds-file")
    }
    if let token { return .token(try Credential.secret(file: token)) }
    if let nkey { return try .nkey(file: nkey) }
    if let file { return try .credentials(file: file) }
    guard let user else { return .none }
    guard let password = get(.natsPasswordFile) else { throw UsageError("nats-user needs nats-password-file") }
    return .user(user, try Credential.secret(file: password))
  }

  private func tls() throws -> ConnectionOptions.TLS? {
    let (authorities, hostname) = (get(.natsCaFile), get(.natsHostname))
    let (certificates, key) = (get(.natsCertFile), get(.natsKeyFile))
    guard (certificates == nil) == (key == nil) else {
      throw UsageError("nats-cert-file and nats-key-file go together")
    }
    let isWanted = get(.nats)?.hasPrefix("tls://") == true
    guard isWanted || authorities != nil || hostname != nil || key != nil else { return nil }
    let identity = certificates.flatMap { certificates in key.map { (certificates: certificates, key: $0) } }
    return ConnectionOptions.TLS(authorities: authorities, identity: identity, hostname: hostname)
  }

  private func isTrue(_ setting: Setting) throws -> Bool {
    switch get(setting) {
    case nil, "false": false
    case "true": true
    case let other?: throw UsageError("\(setting.rawValue) is true or false, not \"\(other.prefix(20))\"")
    }
  }

  private func correspondents(_ text: String) throws -> [Correspondent] {
    try text.split(separator: ",").map { name in
      guard let found = Correspondent(rawValue: String(name)) else {
        throw UsageError("\"\(name.prefix(20))\" is none of M1 to M9 and DT")
      }
      return found
    }
  }
}
