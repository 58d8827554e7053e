import Foundation

/// A `nats-server` of this process's own, on a free port of this machine, with JetStream on a directory that goes with it.
public final class OwnServer {
  /// Where it listens.
  public let url: String
  private let process: Process
  private let directory: String

  /// Starts Debian's `nats-server` and returns when it is ready.
  public init() throws(NATSError) {
    guard let program = Self.program else {
      throw NATSError(.invalid, "nats-server is not installed: apt-get install nats-server")
    }
    directory = NSTemporaryDirectory() + "twinergy-nats-\(UUID().uuidString.prefix(8))"
    process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--addr", "127.0.0.1", "--port", "-1", "--jetstream", "--store_dir", directory]
    let output = Pipe()
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw NATSError(.connection, "\(program) does not start: \(error)")
    }
    var log = ""
    while !log.contains("Server is ready") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw NATSError(.connection, "nats-server does not start: \(log)") }
      log += String(decoding: data, as: UTF8.self)
    }
    // What it says later must not fill the pipe.
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    let listening = log.split(whereSeparator: \.isNewline).first { $0.contains("Listening for client connections") }
    guard let port = listening?.split(separator: ":").last else {
      throw NATSError(.connection, "nats-server does not say where it listens: \(log)")
    }
    url = "nats://127.0.0.1:\(port)"
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: directory)
  }

  private static var program: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"])
      .map { $0 + "/nats-server" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
