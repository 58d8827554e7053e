import Cryptography
import Encoding

/// One event of an entry with all that proves it: the entry's line and the proof that it stands in the log.
///
/// The tree proves entries; an event is named by its entry's index and its position in it, counted from 0. JSON:
/// `{"twinergy-event-proof":1,"index","event","line","proof"}` with the proof in its text form.
public struct EventProof: Sendable, Equatable {
  /// The format that this program writes and reads.
  public static let version = 1

  /// The event's position in its entry.
  public let event: Int
  /// The entry's line.
  public let line: [UInt8]
  /// That the entry stands in the log.
  public let proof: LogProof

  /// A proof of these parts; refused where the line is no entry that has such an event.
  public init(event: Int, line: [UInt8], proof: LogProof) throws(LogError) {
    (self.event, self.line, self.proof) = (event, line, proof)
    _ = try fact()
  }

  /// Reads a proof.
  public init(_ bytes: [UInt8]) throws(LogError) {
    func parse() throws(JSONError) -> (index: Int, event: Int, line: String, proof: String) {
      var fields = try JSONDocument(bytes).root.fields()
      guard try fields.integer("twinergy-event-proof") == Self.version else {
        throw JSONError(.value, "the proof's version is not \(Self.version)")
      }
      let parsed = (
        try fields.integer("index"), try fields.integer("event"), try fields.string("line"), try fields.string("proof")
      )
      try fields.finish()
      return parsed
    }
    let (index, event, line, text) = try asLog(.proofMalformed, parse)
    let proof = try LogProof(Array(text.utf8))
    guard proof.index == index else {
      throw LogError(.proofMalformed, "the proof is of entry \(proof.index), not of entry \(index)")
    }
    try self.init(event: event, line: Array(line.utf8), proof: proof)
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("twinergy-event-proof", Self.version)
        fields.field("index", proof.index)
        fields.field("event", event)
        fields.field("line", String(decoding: line, as: UTF8.self))
        fields.field("proof", String(decoding: proof.bytes, as: UTF8.self))
      }
    }
  }

  /// Refuses the proof unless its entry stands in a log that `policy` believes.
  public func verify(under policy: TrustPolicy) throws(LogError) { try proof.verify(line, under: policy) }

  /// What happened, as its author signed it.
  public func fact() throws(LogError) -> JSONValue {
    let events = try Entry(line).events
    guard events.indices.contains(event) else {
      throw LogError(.proofMalformed, "the entry has \(events.count) events, so there is no event \(event)")
    }
    return events[event]
  }
}
