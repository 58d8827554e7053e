import Community
import Encoding
import Kernel
import Log
import Node
import Quantities
import Storage

/// What became of a question for a change: the entry that it became, and what was answered.
struct PastChange: Sendable {
  var index: Int
  var checkpoint: String
  var answer: [UInt8]
}

/// Computes from the log what a question was answered that an earlier run of the node has signed.
///
/// On a thread of its own, one at a time: it replays the log from the last snapshot before the entry.
actor PastChanges {
  /// How many leaves are replayed at most.
  static let reach = 20_000

  private let executor = BlockingExecutor("twinergy.past-changes")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// The change that is leaf `index` of `store`, for which `request` asked.
  ///
  /// The module that was asked answers the same question in the same state; that it makes the events that were signed
  /// proves that its answer is the one that was given.
  func change(for request: Request, at index: Int, _ store: LogStore) throws(Rejection) -> PastChange {
    let place: EntryPlace?
    do {
      place = try EntryPlace(store, index: index, reach: Self.reach)
    } catch {
      throw Rejection(error)
    }
    guard let place else { throw Self.beyondReach(request, index) }
    let reply = try place.before.reply(
      to: request, by: Gateway.author(request.sender, place.before, at: index), at: index,
      time: max(place.entry.at, place.time))
    let signed = place.entry.events.map { event in JSONWriter.bytes { event.write(to: &$0) } }
    guard case .events(let events, let answer) = reply, events.map(\.bytes) == signed else {
      throw Self.beyondReach(request, index)
    }
    return PastChange(index: index, checkpoint: "\(place.size) \(place.root.base64)", answer: answer)
  }

  private static func beyondReach(_ request: Request, _ index: Int) -> Rejection {
    Rejection(
      .conflict, "key_id_reused",
      "\(request.sender)'s question with this keyId became entry \(index); its answer cannot be computed any more")
  }
}
