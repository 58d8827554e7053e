import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import ServiceLifecycle

/// Serves a node over HTTP/1.1, until it is stopped.
///
/// TLS, compression and caching belong to the web server before it; this one listens on the loopback unless it is told
/// otherwise.
public struct WebServer: Sendable {
  private let services: ServiceGroup

  /// A server of `startup` on `host` and `port`; port 0 takes a free one.
  ///
  /// - Parameter onListening: is told the port once connections are taken.
  public init(
    _ startup: Startup, host: String, port: Int, onListening: @escaping @Sendable (_ port: Int) async -> Void
  ) {
    let site = Site(startup: startup)
    let silent = Logger(label: "http") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        let response = await site.answer(request).response
        return request.method == .head ? response.createHeadResponse() : response
      },
      server: .http1(configuration: Self.channel),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: "twinergy",
        availableConnectionsDelegate: MaximumAvailableConnections(WebLimits.connections)),
      onServerRunning: { await onListening($0.localAddress?.port ?? port) }, logger: silent)
    var configuration = ServiceGroupConfiguration(services: [application], logger: silent)
    configuration.maximumGracefulShutdownDuration = WebLimits.shutdown
    services = ServiceGroup(configuration: configuration)
  }

  private static var channel: HTTP1Channel.Configuration {
    .init(
      additionalChannelHandlers: [IdleStateHandler(allTimeout: WebLimits.idle), RequestGuard()],
      idleTimeout: WebLimits.idle,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: WebLimits.headers, maxHeaderListSize: WebLimits.headers,
        maxHeaderFieldCount: WebLimits.headerCount))
  }

  /// Serves until ``stop()``; requests in progress are answered before it returns.
  public func run() async throws { try await services.run() }

  /// Takes no more connections, and lets ``run()`` return.
  public func stop() async { await services.triggerGracefulShutdown() }
}
