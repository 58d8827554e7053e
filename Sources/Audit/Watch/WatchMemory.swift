import Cryptography
import Encoding
import Log

/// What a watcher has seen of a log: what everything that it sees later must agree with.
///
/// JSON: `{"twinergy-watch":1,"origin","checkpoint","terms"?,"places":[{"place","checkpoint"},…]}`.
public struct WatchMemory: Sendable, Equatable {
  /// The most places that one watcher asks.
  public static let maximumPlaces = 64

  /// The log's origin.
  public var origin: String
  /// The newest checkpoint that was believed.
  public var newest: CosignedCheckpoint
  /// Who decides and who did, where the trust began with a genesis.
  public var terms: ValidatorTerms?
  /// What each place showed last.
  public var places: [String: CosignedCheckpoint]

  init(origin: String, newest: CosignedCheckpoint, terms: ValidatorTerms?, places: [String: CosignedCheckpoint]) {
    (self.origin, self.newest, self.terms, self.places) = (origin, newest, terms, places)
  }

  /// Reads what ``bytes`` wrote.
  public init(_ bytes: [UInt8]) throws(WatchError) {
    do {
      var fields = try JSONDocument(bytes).root.fields()
      guard try fields.integer("twinergy-watch") == 1 else { throw WatchError("it has another version") }
      origin = try fields.string("origin")
      newest = try CosignedCheckpoint(Array(fields.string("checkpoint").utf8))
      terms = try fields.readIfPresent("terms") { (value) throws(JSONError) in try ValidatorTerms(value) }
      var texts: [(String, String)] = []
      for value in try fields.array("places", { (value) throws(JSONError) in value }) {
        var place = try value.fields()
        texts.append((try place.string("place"), try place.string("checkpoint")))
        try place.finish()
      }
      try fields.finish()
      places = [:]
      for (place, text) in texts { places[place] = try CosignedCheckpoint(Array(text.utf8)) }
    } catch let error as WatchError {
      throw error
    } catch {
      throw WatchError("\(error)")
    }
  }

  /// The file.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { memory in
        memory.field("twinergy-watch", 1)
        memory.field("origin", origin)
        memory.field("checkpoint", newest.note.description)
        if let terms { memory.field("terms") { terms.write(to: &$0) } }
        memory.field("places", each: places.sorted { $0.key < $1.key }) { writer, place in
          writer.object { fields in
            fields.field("place", place.key)
            fields.field("checkpoint", place.value.note.description)
          }
        }
      }
    }
  }
}

/// What a watcher remembers cannot be read.
public struct WatchError: Fault, Equatable {
  /// The stable code.
  public let code = "watch_malformed"
  /// What was wrong.
  public let sentence: String

  init(_ sentence: String) { self.sentence = "what was seen before cannot be read: \(sentence)" }
}
