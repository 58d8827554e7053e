import Community
import Encoding
import Kernel
import Log
import Node
import Quantities
import Storage
import Transactive

/// What a log says of one party: every event that names it or a device of its own, and every movement of its accounts.
struct PersonTrace {
  private struct Event {
    var index: Int
    var time: Instant
    var isReading: Bool
    var text: [UInt8]
  }

  private let party: PartyID
  /// The names that stand for the party, each in quotes as JSON writes it.
  private var names: Set<[UInt8]>
  private var events: [Event] = []
  private var movements: [(lem: LEMID, movement: AccountMovement)] = []

  init(of party: PartyID, in source: some LogSource) throws {
    self.party = party
    names = [Self.quoted(party.text)]
    guard try source.checkpoint() != nil else { return }
    var blocks = LogBlocks()
    for first in stride(from: 1, to: try source.publishedCheckpoint().checkpoint.size, by: 1024) {
      let end = min(first + 1024, try source.publishedCheckpoint().checkpoint.size)
      for leaf in try source.leaves(first..<end) {
        if let block = try blocks.append(leaf) { try read(block) }
      }
    }
    let community = try Replay.all(source).community
    for lem in community.transactive.lemIDs {
      let period = Instant(milliseconds: 0)..<Instant(milliseconds: .max)
      let history = try AccountHistory.movements(of: .party(party), in: lem, source, during: period)
      movements += history.movements.map { (lem, $0) }
    }
  }

  var isEmpty: Bool { events.isEmpty && movements.isEmpty }

  private mutating func read(_ block: LogBlock) throws {
    for (offset, line) in block.entries.enumerated() {
      for event in try Entry(line).events {
        // Written anew, every string has one form, so that a name is found however its author escaped it.
        let text = JSONWriter.bytes { event.write(to: &$0) }
        guard names.contains(where: { text.firstRange(of: $0) != nil }) else { continue }
        var fields = try event.fields()
        let type = try fields.string("type")
        if type == "device.registered" || type == "device.linked" {
          names.insert(Self.quoted(try fields.string("device")))
        }
        events.append(
          Event(
            index: block.first + offset, time: block.block.time, isReading: type == "reading.recorded", text: text))
      }
    }
  }

  private static func quoted(_ name: String) -> [UInt8] { Array("\"\(name)\"".utf8) }

  func write(to writer: inout JSONWriter) {
    for (name, isReading) in [("events", false), ("readings", true)] {
      writer.field(name, each: events.filter { $0.isReading == isReading }) { writer, event in
        writer.object { fields in
          fields.field("entry", event.index)
          fields.field("time", event.time.description)
          fields.field("event") { $0.raw(event.text) }
        }
      }
    }
    writer.field("movements", each: movements) { writer, item in
      writer.object { fields in
        fields.field("entry", item.movement.index)
        fields.field("time", item.movement.time.description)
        fields.field("lem", item.lem)
        fields.field("asset", item.movement.movement.asset.rawValue)
        fields.field("change", Money(nanos: item.movement.change(of: .party(party))))
        fields.field("reason", item.movement.movement.reason.rawValue)
        if let slot = item.movement.movement.slot { fields.field("slot", slot) }
      }
    }
  }
}
