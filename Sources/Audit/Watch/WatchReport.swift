import Encoding
import Log

/// What one look at a log came to.
public struct WatchReport: Sendable {
  /// What a place showed.
  public struct Place: Sendable {
    /// Where.
    public let place: String
    /// The checkpoint that it showed; nil where it is not believed, or nothing came.
    public let checkpoint: CosignedCheckpoint?
    /// Why it is not believed, or why nothing came.
    public let fault: Finding?

    /// Whether the place could not be reached, which may pass.
    public var isUnreachable: Bool { fault?.code == "network_failed" }
  }

  /// What an honest log never shows.
  public enum Alarm: Sendable {
    /// Two checkpoints contradict each other.
    case fork(ForkProof, places: [String])
    /// A place shows fewer leaves than it showed before.
    case rewind(place: String, from: CosignedCheckpoint, to: CosignedCheckpoint)
  }

  /// All places that were looked at.
  public internal(set) var places: [Place] = []
  /// What is wrong with the log itself.
  public internal(set) var alarm: Alarm?

  /// The places that are not believed though they answered.
  public var faults: [Finding] { places.filter { !$0.isUnreachable }.compactMap(\.fault) }
  /// The places that did not answer.
  public var unreachable: [String] { places.filter(\.isUnreachable).map(\.place) }
}

extension WatchReport.Alarm {
  /// The stable code.
  public var code: String { "checkpoint_conflict" }

  /// What was seen.
  public var sentence: String {
    switch self {
    case .fork(let proof, let places):
      "\(places[0]) and \(places[1]) have two logs of one name: trees of \(proof.small.checkpoint.size) and "
        + "\(proof.large.checkpoint.size) leaves that cannot be one"
    case .rewind(let place, let from, let to):
      "\(place) showed \(from.checkpoint.size) leaves before and shows \(to.checkpoint.size) now"
    }
  }

  /// The file that shows it to others: the proof of a fork; of a rewind the two checkpoints, whose order is the watcher's word.
  public var file: [UInt8] {
    switch self {
    case .fork(let proof, _): proof.bytes
    case .rewind(let place, let from, let to): Self.rewind(place, from, to)
    }
  }

  private static func rewind(_ place: String, _ from: CosignedCheckpoint, _ to: CosignedCheckpoint) -> [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { file in
        file.field("twinergy-rewind", 1)
        file.field("place", place)
        file.field("from", from.note.description)
        file.field("to", to.note.description)
      }
    }
  }
}
