import Cryptography
import Log

/// The entries of the block that is being made, and everybody who waits for one of them.
///
/// Somebody who submits an entry that is in the making already waits with the first: one entry, one index, for both.
struct BlockInMaking {
  private struct Name: Hashable {
    var author: KeyID
    var sequence: Int
  }

  private struct Waiting {
    var index: Int
    var submissions: [Submission]
  }

  private var entries: [Waiting] = []
  private var positions: [Name: Int] = [:]

  /// Whether nothing was accepted yet.
  var isEmpty: Bool { entries.isEmpty }

  /// Lets `submission` wait for the same bytes that were accepted before; false where there are none.
  mutating func join(_ submission: Submission) -> Bool {
    guard let position = positions[Self.name(submission)],
      entries[position].submissions[0].facts.entry.line.bytes == submission.facts.entry.line.bytes
    else { return false }
    entries[position].submissions.append(submission)
    return true
  }

  /// Adds an entry that was accepted at `index`.
  mutating func add(_ submission: Submission, at index: Int) {
    positions[Self.name(submission)] = entries.count
    entries.append(Waiting(index: index, submissions: [submission]))
  }

  private static func name(_ submission: Submission) -> Name {
    Name(author: submission.facts.entry.author, sequence: submission.facts.entry.sequence)
  }

  /// Tells everybody that the block is final.
  func confirm(_ checkpoint: CosignedCheckpoint) {
    for entry in entries {
      for (position, submission) in entry.submissions.enumerated() {
        let receipt = Receipt(index: entry.index, checkpoint: checkpoint, isRepeated: position > 0)
        submission.answer.resume(returning: .success(receipt))
      }
    }
  }

  /// Tells everybody that the block could not be written.
  func refuse(_ error: NodeError) {
    for submission in entries.flatMap(\.submissions) { submission.answer.resume(returning: .failure(error)) }
  }
}
