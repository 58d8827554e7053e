import Encoding

/// Why a node cannot serve the platform.
public enum PlatformError: Fault {
  /// The file that says how far messages have gone out is wrong, or cannot be written.
  case outbox(String)
  /// The gateway's key may not do what it is there for.
  case gatewayKey(String)

  /// The stable code.
  public var code: String {
    switch self {
    case .outbox: "outbox_damaged"
    case .gatewayKey: "gateway_key"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .outbox(let what), .gatewayKey(let what): what
    }
  }
}

/// What happens at the node's side of the broker, for its log.
public struct PlatformEvent: Sendable {
  /// Whether somebody should look.
  public let isWarning: Bool
  /// `published`, `disconnected`, …
  public let name: String
  /// What belongs to it.
  public let fields: [(name: String, value: String)]

  init(_ name: String, isWarning: Bool = false, _ fields: (name: String, value: String)...) {
    (self.name, self.isWarning, self.fields) = (name, isWarning, fields)
  }

  /// Takes an event; it must not wait.
  public typealias Sink = @Sendable (PlatformEvent) -> Void
}
