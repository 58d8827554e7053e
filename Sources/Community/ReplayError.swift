import Encoding
import Log

/// A log that was accepted once and is not accepted now: this program or the log is not what it was.
public struct ReplayError: Fault {
  /// The stable code.
  public let code: String
  /// The entry or block line.
  public let index: Int
  /// What differs.
  public let sentence: String

  /// The entry at `index` is refused.
  init(index: Int, height: Int, fault: Refusal) {
    self.index = index
    guard fault.code != Refusal.unknownEvent else {
      code = Refusal.unknownEvent
      sentence = "entry \(index) of block \(height) needs a newer program than this one: \(fault.sentence)"
      return
    }
    code = "entry_refused"
    sentence = "entry \(index) of block \(height) is refused: \(fault)"
  }

  /// The block line says something else than the entries before it come to.
  init(height: Int, index: Int, said: BlockLine, state: BlockLine.StateDigest) {
    code = said.state == state ? "block_differs" : "state_differs"
    self.index = index
    sentence =
      said.state == state
      ? "the line of block \(height) is not the one that follows from what stands before it"
      : "block \(height) says that the state after block \(said.state.height) has digest \(said.state.digest), "
        + "but it has \(state.digest) after block \(state.height)"
  }

  /// The leaf at `index` cannot be read.
  public init(index: Int, unreadable error: LogError) {
    (code, self.index, sentence) = ("entry_unreadable", index, "entry \(index) cannot be read: \(error)")
  }
}
