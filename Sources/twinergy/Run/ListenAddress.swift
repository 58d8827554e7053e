/// Where a node listens: `127.0.0.1:8080`, `[::1]:8080`; port 0 is any that is free.
struct ListenAddress: Equatable {
  static let loopback = ListenAddress(host: "127.0.0.1", port: 8080)

  let host: String
  let port: Int

  private init(host: String, port: Int) { (self.host, self.port) = (host, port) }

  init(_ text: String) throws {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { throw UsageError("\"\(text.prefix(80))\" is not an address such as 127.0.0.1:8080 or [::1]:8080") }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, host.utf8.count <= 253, host.contains(":") == text.hasPrefix("[") else {
      throw UsageError("\"\(text.prefix(80))\" names no host; 0.0.0.0 listens everywhere")
    }
    self.init(host: String(host), port: port)
  }

  /// Whether only this machine can reach it.
  var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// The address of a web page at `port`.
  func url(port: Int) -> String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
