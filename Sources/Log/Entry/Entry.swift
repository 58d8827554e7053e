import Cryptography
import Encoding
import Quantities

/// What an author signed: one or more events that all happen, or none does.
///
/// Payload: `{"chain","id","seq","at","events":[{"type",…},…]}`. An object, since it is read once and then handed from one to
/// the next; nothing of it changes.
public final class Entry: Sendable {
  /// The most events of one entry.
  public static let maximumEvents = 256

  /// The signed line.
  public let line: SignedLine
  /// The origin of the log that it was signed for.
  public let chain: String
  /// The author's name for it.
  public let id: EntryID
  /// Rises with each entry of the key; gaps are allowed.
  public let sequence: Int
  /// When the author says it was signed. A claim: deadlines use block time.
  public let at: Instant
  /// What happened, each an object with a `type`.
  public let events: [JSONValue]

  /// Who signed it.
  public var author: KeyID { line.author }

  /// Reads the payload of an entry's line.
  public init(_ line: SignedLine) throws(LogError) {
    guard line.kind == .entry else {
      throw LogError(.jwsHeader, "the line is of type \(line.kind.rawValue); it is no entry")
    }
    let payload = line.payload
    func parse() throws(JSONError) -> (String, EntryID, Int, Instant, [JSONValue]) {
      var fields = try JSONDocument(payload).root.fields()
      let chain = try fields.origin("chain")
      let id: EntryID = try fields.identifier("id")
      let sequence = try fields.integer("seq")
      let at = try fields.instant("at")
      let events = try fields.array("events") { $0 }
      try fields.finish()
      return (chain, id, sequence, at, events)
    }
    (chain, id, sequence, at, events) = try asLog(.payload, parse)
    self.line = line
    guard sequence > 0 else { throw LogError(.payload, "\"seq\" is \(sequence); sequence numbers start at 1") }
    guard (1...Self.maximumEvents).contains(events.count) else {
      throw LogError(.payload, "an entry has 1 to \(Self.maximumEvents) events, not \(events.count)")
    }
  }

  /// Reads an entry from the bytes of its line.
  public convenience init(_ bytes: [UInt8]) throws(LogError) {
    try self.init(SignedLine(bytes))
  }
}

/// An entry before it is signed.
public struct EntryDraft: Sendable {
  /// The origin of the log.
  public var chain: String
  /// The author's name for it.
  public var id: EntryID
  /// The author's sequence number.
  public var sequence: Int
  /// When it is signed.
  public var at: Instant
  /// The events, each as the text of one JSON object.
  public var events: [[UInt8]]

  /// A draft of these parts.
  public init(chain: String, id: EntryID, sequence: Int, at: Instant, events: [[UInt8]]) {
    (self.chain, self.id, self.sequence, self.at, self.events) = (chain, id, sequence, at, events)
  }

  /// The line, signed by `key`.
  public func signed(by key: SecretKey) throws(LogError) -> SignedLine {
    let payload = JSONWriter.bytes { writer in
      writer.object { entry in
        entry.field("chain", chain)
        entry.field("id", id)
        entry.field("seq", sequence)
        entry.field("at", at)
        entry.field("events", each: events) { $0.raw($1) }
      }
    }
    return try SignedLine(.entry, payload: payload, by: key)
  }
}
