import Foundation
import Log
import NATS
import Node
import Platform
import Quantities
import Storage

/// `messages`: what a log tells, from the log to a broker on this machine, beside libnats sending the same bytes alone.
enum Messages {
  private static let households = 64
  private static let authors = 64
  /// The most messages that the peer is given at once, in memory.
  private static let sample = 100_000
  /// Messages that are stored one after another, for the window before a stream to be set beside.
  private static let alone = 2_000

  /// Tells a log of `count` messages, written to `directory`; first with a look at memory, then in turns with libnats.
  static func rows(_ count: Int, in directory: String, turns: Int = 5) async throws -> [Figure] {
    let node = try await MessageLog.write(count, households: households, authors: authors, in: directory)
    let server = try OwnServer()
    var figures = try await memory(node, server.url)
    var told: [OutgoingMessage] = []
    var projection = try MessageProjection(node.store)
    while told.count < sample, let messages = try projection.next(node.store, end: node.statistics.size) {
      told += messages
    }
    var (rates, limits, ratios, processor) = ([Double](), [Double](), [Double](), [Double]())
    for _ in 0..<turns {
      let limit = try BareMessages.publish(told, server.url)
      let total = node.statistics.size
      var messages = 0
      let span = try await Timing.span { messages = try await tell(node, server.url) { $0.told == total } }
      rates.append(Double(messages) / span.seconds)
      limits.append(Double(told.count) / limit.seconds)
      ratios.append(rates.last! / limits.last!)
      processor.append(limit.processorSeconds / Double(told.count) / (span.processorSeconds / Double(messages)))
    }
    figures += [
      Figure("messages", "", "messages", Timing.median(rates), "1/s"),
      Figure("messages", "", "libnats alone", Timing.median(limits), "1/s"),
      Figure("messages", "", "ratio", Timing.median(ratios), "1"),
      Figure("messages", "", "processor ratio", Timing.median(processor), "1"),
    ]
    return try await figures + stored(node, told, server.url)
  }

  /// What the process holds while it tells the log, every twentieth of it.
  private static func memory(_ node: Node, _ url: String) async throws -> [Figure] {
    var figures: [Figure] = []
    let total = node.statistics.size
    var next = 0
    _ = try await tell(node, url) { statistics in
      if statistics.messages >= next {
        figures.append(
          Figure("messages-memory", "messages=\(statistics.messages)", "resident", Double(Memory.resident), "B"))
        next = statistics.messages + max(1, total * households / 20)
      }
      return statistics.told == total
    }
    return figures
  }

  /// Messages that a stream keeps, several under way and each alone.
  private static func stored(_ node: Node, _ told: [OutgoingMessage], _ url: String) async throws -> [Figure] {
    let total = node.statistics.size
    var messages = 0
    let span = try await Timing.span { messages = try await tell(node, url, stream: "BENCH") { $0.told == total } }
    let stream = try JetStream(await Connection.open(ConnectionOptions([url])))
    let single = try await Timing.span {
      for message in told.prefix(alone) {
        _ = try await stream.publish(message.message.subject, message.message.payload, id: "alone/\(message.id)")
      }
    }
    return [
      Figure("messages-stored", "", "messages", Double(messages) / span.seconds, "1/s"),
      Figure("messages-stored", "", "each alone", Double(min(alone, told.count)) / single.seconds, "1/s"),
    ]
  }

  /// Tells the whole log until `isDone`; answers how many messages the broker has confirmed.
  private static func tell(
    _ node: Node, _ url: String, stream: String? = nil, until isDone: (PlatformStatistics) -> Bool
  ) async throws -> Int {
    Outbox(directory: node.store.directory, chain: Village.chain).reset()
    var options = PlatformService.Options(ConnectionOptions([url]))
    options.stream = stream
    let service = PlatformService(node, options, clock: { Instant(milliseconds: 0) }, sink: { _ in })
    let running = Task { try await service.run() }
    while !isDone(service.statistics) { try await Task.sleep(for: .milliseconds(1)) }
    let messages = service.statistics.messages
    running.cancel()
    try? await running.value
    return messages
  }
}
