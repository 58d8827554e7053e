import CNATS
import Encoding

/// Where and how to connect.
public struct ConnectionOptions: Sendable {
  /// What the server's name must be vouched for by, and what vouches for the client where the server asks.
  public struct TLS: Sendable {
    /// A file of certificates of the authorities that are trusted instead of the system's.
    public var authorities: String?
    /// Files of the client's own certificate chain and key.
    public var identity: (certificates: String, key: String)?
    /// The name that the server's certificate must bear, where it is not the URL's.
    public var hostname: String?

    /// TLS with the authorities of the file at `authorities`.
    public init(
      authorities: String? = nil, identity: (certificates: String, key: String)? = nil, hostname: String? = nil
    ) { (self.authorities, self.identity, self.hostname) = (authorities, identity, hostname) }
  }

  /// What happens when the connection breaks.
  public enum Reconnect: Sendable {
    /// It is over; whoever owns it opens another one.
    case never
    /// The library tries again for ever, waiting longer each time up to 30 s, each wait between half and all of that.
    case always
  }

  /// What a connection tells of itself.
  public enum Event: Sendable, Equatable {
    /// It broke.
    case disconnected
    /// It is back.
    case reconnected
    /// It is over.
    case closed
    /// The server or the library reports a fault, such as a missing permission.
    case fault(String)
  }

  /// Servers, tried in any order: `nats://host:port` or `tls://host:port`, without secrets.
  public var urls: [String]
  /// How the client is called in the server's monitoring.
  public var name: String
  /// Who it is.
  public var credential: Credential
  /// TLS, where it is wanted; the server may demand it besides.
  public var tls: TLS?
  /// What happens when the connection breaks.
  public var reconnect: Reconnect
  /// How long one attempt to connect may take, in milliseconds.
  public var timeoutMilliseconds = 2000
  /// How often the server is asked whether it is there, in milliseconds; after the third silence the connection is broken.
  public var pingIntervalMilliseconds = 20_000
  /// Is told what happens, on a thread of the library; it must not wait.
  public var onEvent: @Sendable (Event) -> Void

  /// Options for `urls`.
  public init(
    _ urls: [String], name: String = "twinergy", credential: Credential = .none, tls: TLS? = nil,
    reconnect: Reconnect = .always, onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    (self.urls, self.name, self.credential, self.tls) = (urls, name, credential, tls)
    (self.reconnect, self.onEvent) = (reconnect, onEvent)
  }

  /// Refuses URLs that hold a secret, which would stand in process lists and logs.
  func check() throws(NATSError) {
    guard !urls.isEmpty else { throw NATSError(.invalid, "no server is named") }
    for url in urls {
      guard url.hasPrefix("nats://") || url.hasPrefix("tls://") else {
        throw NATSError(.invalid, "\(quoted(url)) is no URL of a NATS server: nats://HOST:PORT or tls://HOST:PORT")
      }
      guard !url.contains("@") else {
        throw NATSError(.invalid, "a server's URL must hold no secret; name a file of the token or password instead")
      }
    }
  }
}

/// How long to wait before the next attempt to connect.
public enum Backoff {
  /// The longest wait, in milliseconds.
  public static let longest = 30_000

  /// The wait before attempt number `attempt`, from 1 on: between half and all of 100 ms · 2^attempt, at most ``longest``.
  public static func milliseconds(_ attempt: Int, random: (ClosedRange<Int>) -> Int = { .random(in: $0) }) -> Int {
    let whole = min(longest, 100 << min(max(attempt, 1), 10))
    return random(whole / 2...whole)
  }
}
