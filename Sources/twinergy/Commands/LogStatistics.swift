import Encoding
import Log
import Quantities
import Storage

/// What a log holds, counted.
struct LogStatistics {
  private(set) var origin = ""
  private(set) var leaves = 0
  private(set) var entries = 0
  private(set) var blocks = 0
  private(set) var events: [String: Int] = [:]
  private(set) var bytes = 0
  private(set) var first: Instant?
  private(set) var last: Instant?

  private static let chunk = 1024

  init(_ source: any LogSource) throws {
    let checkpoint = try source.publishedCheckpoint().checkpoint
    (origin, leaves) = (checkpoint.origin, checkpoint.size)
    for first in stride(from: 0, to: leaves, by: Self.chunk) {
      let part = try source.leaves(first..<min(first + Self.chunk, leaves))
      for (offset, leaf) in part.enumerated() { try count(leaf, first + offset) }
    }
  }

  private mutating func count(_ leaf: [UInt8], _ index: Int) throws {
    bytes += leaf.count
    guard index > 0 else { return }
    let line = try SignedLine(leaf)
    guard line.kind == .entry else {
      blocks += 1
      let time = try BlockLine(line).time
      first = first ?? time
      last = time
      return
    }
    entries += 1
    for event in try Entry(line).events {
      var fields = try event.fields()
      events[try fields.string("type"), default: 0] += 1
    }
  }

  var table: [String] {
    var table = TextTable()
    table.add("origin", origin)
    table.add("leaves", String(leaves))
    table.add("blocks", String(blocks))
    table.add("entries", String(entries))
    for (type, count) in events.sorted(by: { $0.key < $1.key }) { table.add("  \(type)", String(count)) }
    table.add("bytes a leaf", String(bytes / max(1, leaves)))
    if let first, let last {
      table.add("first block", first.description)
      table.add("last block", last.description)
    }
    return table.lines
  }

  func write(to writer: inout JSONWriter) {
    writer.field("origin", origin)
    writer.field("leaves", leaves)
    writer.field("blocks", blocks)
    writer.field("entries", entries)
    writer.field("bytes", bytes)
    writer.field("events") { field in
      field.object { object in
        for (type, count) in events.sorted(by: { $0.key < $1.key }) { object.field(type, count) }
      }
    }
    if let first, let last {
      writer.field("first", first)
      writer.field("last", last)
    }
  }
}
