import Encoding
import Kernel
import NATS
import Node

/// Takes signed lines over NATS: a request on `twinergy.submit` whose payload is a line is answered with its receipt.
///
/// The line carries its own authority, so whoever may publish here may pass on anybody's entry.
final class Submissions: Sendable {
  /// Where lines are awaited.
  static let subject = "twinergy.submit"
  /// The most lines that wait for their blocks.
  static let capacity = 4096

  private let node: Node
  private let connection: Connection

  init(_ node: Node, _ connection: Connection) { (self.node, self.connection) = (node, connection) }

  /// Begins to listen.
  func subscribe() throws(NATSError) -> Subscription {
    try connection.subscribe(Self.subject, queue: Gateway.queue)
  }

  /// Takes lines until the task is cancelled or the connection ends.
  func run(_ messages: Subscription) async throws {
    let places = Admission(.init(atOnce: Self.capacity, rate: 1_000_000, burst: 1_000_000))
    for try await message in messages {
      do throws(Rejection) {
        try places.begin(.DT, at: Monotonic.milliseconds)
      } catch {
        answer(message) { Self.write(error.status.rawValue, error, to: &$0) }
        continue
      }
      // At once, until it waits for its block: lines are queued in the order in which they came.
      Task.immediate {
        await take(message)
        places.done()
      }
    }
  }

  private func take(_ message: IncomingMessage) async {
    do throws(NodeError) {
      let receipt = try await node.submit(message.payload)
      answer(message) { fields in
        fields.field("receipt", receipt.index)
        fields.name("repeated")
        fields.boolean(receipt.isRepeated)
        fields.field("checkpoint", String(decoding: receipt.checkpoint.bytes, as: UTF8.self))
      }
    } catch {
      answer(message) { Self.write(Rejection(error).status.rawValue, error, to: &$0) }
    }
  }

  private static func write(_ status: Int, _ fault: any Fault, to writer: inout JSONWriter) {
    writer.field("refused", fault.code)
    writer.field("code", status)
    writer.field("sentence", fault.sentence)
  }

  private func answer(_ message: IncomingMessage, _ body: (inout JSONWriter) -> Void) {
    guard let reply = message.reply else { return }
    try? connection.publish(reply, JSONWriter.bytes { $0.object(body) })
  }
}
