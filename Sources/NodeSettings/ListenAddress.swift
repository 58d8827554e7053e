import Encoding

/// Where a node listens: `127.0.0.1:8080`, `[::1]:8080`; port 0 is any that is free.
public struct ListenAddress: Equatable, Sendable {
  /// Where nothing else is said: this machine alone reaches it.
  public static let loopback = ListenAddress(host: "127.0.0.1", port: 8080)

  /// The name or the number of the machine's interface, without brackets.
  public let host: String
  /// The port.
  public let port: Int

  private init(host: String, port: Int) { (self.host, self.port) = (host, port) }

  /// Reads `HOST:PORT` or `[IPV6]:PORT`.
  public init(_ text: String) throws(SettingError) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port), text[colon...] == ":\(port)"
    else { throw SettingError("\(quoted(text)) is not an address such as 127.0.0.1:8080 or [::1]:8080") }
    var host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard (1...253).contains(host.utf8.count), host.contains(":") == isBracketed, host.utf8.allSatisfy(Self.isAllowed)
    else { throw SettingError("\(quoted(text)) names no host; 0.0.0.0 listens everywhere") }
    self.init(host: String(host), port: port)
  }

  private static func isAllowed(_ unit: UInt8) -> Bool {
    switch unit {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// The address of a web page at `port`.
  public func url(port: Int) -> String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
