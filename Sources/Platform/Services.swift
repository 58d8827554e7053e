import Encoding
import Kernel
import NATS
import Quantities
import Synchronization

/// Answers `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS` for each module, so that NATS's own tools find them (ADR-32).
final class Services: Sendable {
  /// The version of the interface that requests are made to.
  static let version = "1.0.0"

  private struct Count {
    var requests = 0
    var errors = 0
    var lastError = ""
    var nanoseconds = 0
  }

  private let connection: Connection
  private let modules: [Correspondent]
  private let operations: [String]
  private let id: String
  private let started: Instant
  private let counts = Mutex<[Correspondent: Count]>([:])

  /// - Parameters:
  ///   - operations: what can be asked, each "M9 get_balance".
  ///   - id: this node's, unlike any other's.
  init(_ connection: Connection, _ modules: [Correspondent], operations: [String], id: String, started: Instant) {
    (self.connection, self.modules, self.operations) = (connection, modules, operations)
    (self.id, self.started) = (id, started)
  }

  /// A request to `module` was answered, or refused with `error`.
  func count(_ module: Correspondent, took duration: Duration, error: String?) {
    let (seconds, attoseconds) = duration.components
    counts.withLock { counts in
      counts[module, default: Count()].requests += 1
      counts[module]!.nanoseconds += Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
      guard let error else { return }
      counts[module]!.errors += 1
      counts[module]!.lastError = error
    }
  }

  /// Begins to listen.
  func subscribe() throws(NATSError) -> Subscription { try connection.subscribe("$SRV.>", capacity: 4096) }

  /// Answers until the task is cancelled or the connection ends.
  func run(_ questions: Subscription) async throws {
    for try await question in questions { answer(question) }
  }

  private func answer(_ question: IncomingMessage) {
    let tokens = question.subject.split(separator: ".").dropFirst().map(String.init)
    guard let reply = question.reply, let verb = tokens.first, tokens.count <= 3 else { return }
    for module in modules where tokens.count < 2 || tokens[1] == module.rawValue {
      if tokens.count == 3, tokens[2] != id { continue }
      guard let payload = answer(verb, of: module) else { return }
      try? connection.publish(reply, payload)
    }
  }

  private func answer(_ verb: String, of module: Correspondent) -> [UInt8]? {
    switch verb {
    case "PING": response("ping", module) { _ in }
    case "INFO":
      response("info", module) { fields in
        fields.field("description", "\(module) of \(Gateway.queue): *.request.\(module)")
        fields.field("endpoints", each: [module]) { writer, module in
          writer.object { endpoint in
            self.writeEndpoint(module, to: &endpoint)
            endpoint.field("metadata") { field in
              field.object { $0.field("operations", self.operations(of: module)) }
            }
          }
        }
      }
    case "STATS":
      response("stats", module) { fields in
        fields.field("started", self.started.description)
        fields.field("endpoints", each: [module]) { writer, module in
          writer.object { self.writeStatistics(of: module, to: &$0) }
        }
      }
    default: nil
    }
  }

  private func operations(of module: Correspondent) -> String {
    operations.filter { $0.hasPrefix("\(module) ") }.map { String($0.dropFirst(module.rawValue.count + 1)) }
      .joined(separator: ",")
  }

  private func response(
    _ type: String, _ module: Correspondent, _ body: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("type", "io.nats.micro.v1.\(type)_response")
        fields.field("name", module.rawValue)
        fields.field("id", id)
        fields.field("version", Self.version)
        fields.field("metadata") { $0.object { _ in } }
        body(&fields)
      }
    }
  }

  private func writeEndpoint(_ module: Correspondent, to writer: inout JSONWriter) {
    writer.field("name", "request")
    writer.field("subject", "*.request.\(module)")
    writer.field("queue_group", Gateway.queue)
  }

  private func writeStatistics(of module: Correspondent, to writer: inout JSONWriter) {
    let count = counts.withLock { $0[module] } ?? Count()
    writeEndpoint(module, to: &writer)
    writer.field("num_requests", count.requests)
    writer.field("num_errors", count.errors)
    writer.field("last_error", count.lastError)
    writer.field("processing_time", count.nanoseconds)
    writer.field("average_processing_time", count.requests == 0 ? 0 : count.nanoseconds / count.requests)
  }
}
