import Foundation

/// A `nats-server` of this test's own: on a free loopback port, with a store that goes with it.
///
/// `TWINERGY_NATS_SERVER` names another binary than the one on the path, so that a current server is tested too.
public final class Server: @unchecked Sendable {
  // Unchecked: one test owns it; nothing is shared but what is set once.
  private var port = 0
  private let directory: String
  private var process = Process()
  private let configuration: String

  /// A server of `configuration`, in which DIRECTORY stands for its own.
  public init(_ configuration: String = "") async throws {
    directory = NSTemporaryDirectory() + "twinergy-nats-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    self.configuration = configuration.replacingOccurrences(of: "DIRECTORY", with: directory)
    try await start()
  }

  deinit {
    Foundation.kill(process.processIdentifier, SIGKILL)
    // On a thread of its own, for it waits.
    Thread.detachNewThread { [process, directory] in
      process.waitUntilExit()
      try? FileManager.default.removeItem(atPath: directory)
    }
  }

  /// Where it listens.
  public var url: String { "nats://127.0.0.1:\(port)" }

  /// The path of the file `name` of its own.
  public func path(_ name: String) -> String { directory + "/" + name }

  /// Writes the file `name`; answers its path.
  public func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    return path(name)
  }

  /// Kills it, and returns when it is gone.
  public func kill() async {
    Foundation.kill(process.processIdentifier, SIGKILL)
    _ = await onThread { [process] in process.waitUntilExit() }
  }

  /// Starts it, again on the port that it had, and returns when it says that it is ready.
  public func start() async throws { try await onThread { [self] in try launch() }.get() }

  /// Runs what waits on a thread of its own, so that it takes none from the tests that go on.
  private func onThread(_ body: @escaping @Sendable () throws -> Void) async -> Result<Void, any Error> {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: Result { try body() }) }
    }
  }

  private func launch() throws {
    let file = try write(
      "server.conf",
      "host: 127.0.0.1\nport: \(port == 0 ? -1 : port)\njetstream { store_dir: \"\(directory)/store\" }\n\(configuration)"
    )
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [ProcessInfo.processInfo.environment["TWINERGY_NATS_SERVER"] ?? "nats-server", "-c", file]
    let output = Pipe()
    process.standardError = output
    try process.run()
    var log = ""
    while !log.contains("Server is ready") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Failure(log: log) }
      log += String(decoding: data, as: UTF8.self)
    }
    // What it says later must not fill the pipe.
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    let listening = log.split(whereSeparator: \.isNewline).first { $0.contains("Listening for client connections") }
    port = Int(listening!.split(separator: ":").last!)!
  }

  /// It did not start.
  public struct Failure: Error {
    let log: String

    /// What it said instead.
    public init(log: String) { self.log = log }
  }
}
