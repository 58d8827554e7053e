import Cryptography
import Encoding
import Kernel
import NATS
import NodeSettings
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
    let servers = settings.list(.nats)
    guard !servers.isEmpty else {
      if let setting = Setting.allCases.first(where: { $0.isAboutBroker && get($0) != nil }) {
        throw SettingError("\(setting.rawValue) needs a NATS server: --nats nats://HOST:PORT")
      }
      return nil
    }
    var connection = ConnectionOptions(
      servers, name: "twinergy node", credential: try credential(), tls: try tls())
    connection.timeoutMilliseconds = 5000
    var options = PlatformService.Options(connection)
    options.stream = get(.natsStream)
    options.key = try gatewayKey()
    options.isCompatible = try settings.isTrue(.natsCompatible)
    if get(.natsOwn) != nil { options.own = try correspondents(.natsOwn) }
    options.expected = try correspondents(.natsExpect)
    if let seconds = try settings.integer(.natsHeartbeat, 1...3600, of: "seconds") {
      options.heartbeat = seconds * 1000
    }
    return options
  }

  private func credential() throws -> Credential {
    let (token, user) = (get(.natsTokenFile), get(.natsUser))
    let (nkey, file) = (get(.natsNkeyFile), get(.natsCredsFile))
    guard [token, user, nkey, file].compactMap({ $0 }).count <= 1 else {
      throw SettingError("give one of nats-token-file, nats-user, nats-nkey-file, nats-creds-file")
    }
    if let token { return .token(try Credential.secret(file: token)) }
    if let nkey { return try .nkey(file: nkey) }
    if let file { return try .credentials(file: file) }
    guard let user else { return .none }
    guard let password = get(.natsPasswordFile) else { throw SettingError("nats-user needs nats-password-file") }
    return .user(user, try Credential.secret(file: password))
  }

  private func tls() throws -> ConnectionOptions.TLS? {
    let (authorities, hostname) = (get(.natsCaFile), get(.natsHostname))
    let (certificates, key) = (get(.natsCertFile), get(.natsKeyFile))
    guard (certificates == nil) == (key == nil) else {
      throw SettingError("nats-cert-file and nats-key-file go together")
    }
    let isWanted = settings.list(.nats).contains { $0.hasPrefix("tls://") }
    guard isWanted || authorities != nil || hostname != nil || key != nil else { return nil }
    let identity = certificates.flatMap { certificates in key.map { (certificates: certificates, key: $0) } }
    return ConnectionOptions.TLS(authorities: authorities, identity: identity, hostname: hostname)
  }

  private func correspondents(_ setting: Setting) throws(SettingError) -> [Correspondent] {
    try settings.list(setting).map { (name) throws(SettingError) in
      guard let found = Correspondent(rawValue: name) else {
        throw SettingError("in \(setting.rawValue): \(quoted(name)) is none of M1 to M9 and DT")
      }
      return found
    }
  }
}
