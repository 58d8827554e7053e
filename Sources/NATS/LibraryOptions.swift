import CNATS
import Foundation

/// The library's own form of ``ConnectionOptions``; freed with this value.
struct LibraryOptions: ~Copyable {
  let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer) { self.pointer = pointer }

  /// - Parameter ticket: what the callbacks carry, a number of ``ConnectionContext/table``.
  static func make(
    _ options: ConnectionOptions, ticket: UnsafeMutableRawPointer
  ) throws(NATSError) -> LibraryOptions {
    try options.check()
    var created: OpaquePointer?
    try require(natsOptions_Create(&created), "the options of a connection")
    let library = LibraryOptions(created!)
    try library.set(options, ticket)
    return library
  }

  deinit { natsOptions_Destroy(pointer) }

  private func set(_ options: ConnectionOptions, _ ticket: UnsafeMutableRawPointer) throws(NATSError) {
    var urls: [UnsafePointer<CChar>?] = options.urls.map { UnsafePointer(strdup($0)) }
    defer { for url in urls { free(UnsafeMutableRawPointer(mutating: url)) } }
    try require(natsOptions_SetServers(pointer, &urls, Int32(urls.count)), "the servers' URLs")
    try require(natsOptions_SetName(pointer, options.name), "the client's name")
    try require(natsOptions_SetTimeout(pointer, Int64(options.timeoutMilliseconds)), "the time to connect")
    // Pings find a dead server; a stuck one must not hold up a writer for ever.
    try require(natsOptions_SetPingInterval(pointer, Int64(options.pingIntervalMilliseconds)), "the interval of pings")
    try require(natsOptions_SetWriteDeadline(pointer, 5000), "the time to write")
    try require(natsOptions_SetFailRequestsOnDisconnect(pointer, true), "requests of a broken connection")
    try setReconnect(options.reconnect)
    try setCredential(options.credential, ticket)
    try setTLS(options.tls)
    try setCallbacks(ticket)
  }

  private func setReconnect(_ reconnect: ConnectionOptions.Reconnect) throws(NATSError) {
    switch reconnect {
    case .never: try require(natsOptions_SetAllowReconnect(pointer, false), "no reconnecting")
    case .always:
      try require(natsOptions_SetMaxReconnect(pointer, -1), "attempts to reconnect")
      let status = natsOptions_SetCustomReconnectDelay(
        pointer, { _, attempt, _ in Int64(Backoff.milliseconds(Int(attempt))) }, nil)
      try require(status, "the wait before reconnecting")
    }
  }

  private func setTLS(_ tls: ConnectionOptions.TLS?) throws(NATSError) {
    guard let tls else { return }
    try require(natsOptions_SetSecure(pointer, true), "TLS")
    if let authorities = tls.authorities {
      try require(natsOptions_LoadCATrustedCertificates(pointer, authorities), "the certificates in \(authorities)")
    }
    if let identity = tls.identity {
      try require(
        natsOptions_LoadCertificatesChain(pointer, identity.certificates, identity.key),
        "the certificate in \(identity.certificates)")
    }
    if let hostname = tls.hostname {
      try require(natsOptions_SetExpectedHostname(pointer, hostname), "the server's name")
    }
  }

  private func setCredential(_ credential: Credential, _ ticket: UnsafeMutableRawPointer) throws(NATSError) {
    switch credential {
    case .none: break
    case .token(let token): try require(natsOptions_SetToken(pointer, token.text), "the token")
    case .user(let name, let password):
      try require(natsOptions_SetUserInfo(pointer, name, password.text), "the user's name")
    case .nkey(let key):
      try require(natsOptions_SetNKey(pointer, key.publicText, ConnectionCallbacks.sign, ticket), "the NKEY")
    case .credentials:
      let status = natsOptions_SetUserCredentialsCallbacks(
        pointer, ConnectionCallbacks.token, ticket, ConnectionCallbacks.sign, ticket)
      try require(status, "the credentials")
    }
  }

  private func setCallbacks(_ ticket: UnsafeMutableRawPointer) throws(NATSError) {
    try require(natsOptions_SetDisconnectedCB(pointer, ConnectionCallbacks.disconnected, ticket), "a callback")
    try require(natsOptions_SetReconnectedCB(pointer, ConnectionCallbacks.reconnected, ticket), "a callback")
    try require(natsOptions_SetClosedCB(pointer, ConnectionCallbacks.closed, ticket), "a callback")
    try require(natsOptions_SetErrorHandler(pointer, ConnectionCallbacks.fault, ticket), "a callback")
  }
}
