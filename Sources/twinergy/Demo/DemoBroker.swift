import Foundation

/// A `nats-server` of a demonstration's own, on a free port of this machine; it ends with the demonstration.
final class DemoBroker {
  let url: String
  private let process: Process

  /// Starts Debian's `nats-server` and returns when it is ready.
  init() throws {
    guard let program = Self.program else {
      throw UsageError("nats-server is not installed: apt-get install nats-server")
    }
    process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--addr", "127.0.0.1", "--port", "-1"]
    let output = Pipe()
    process.standardError = output
    try process.run()
    var log = ""
    while !log.contains("Server is ready") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw UsageError("nats-server does not start: \(log)") }
      log += String(decoding: data, as: UTF8.self)
    }
    // What it says later must not fill the pipe.
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    let listening = log.split(whereSeparator: \.isNewline).first { $0.contains("Listening for client connections") }
    guard let port = listening?.split(separator: ":").last else {
      throw UsageError("nats-server does not say where it listens: \(log)")
    }
    url = "nats://127.0.0.1:\(port)"
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  private static var program: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"])
      .map { $0 + "/nats-server" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
