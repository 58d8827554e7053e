import Encoding

/// One thing that is wrong with a log.
public struct Finding: Sendable, Equatable {
  /// The stable code.
  public let code: String
  /// The entry or block line, where one is at fault.
  public let index: Int?
  /// The file or tile, where one is at fault.
  public let place: String?
  /// What should be there.
  public let expected: String?
  /// What is there.
  public let actual: String?
  /// What is wrong, in a sentence.
  public let sentence: String

  init(
    _ code: String, index: Int? = nil, place: String? = nil, expected: String? = nil, actual: String? = nil,
    _ sentence: String
  ) {
    (self.code, self.index, self.place) = (code, index, place)
    (self.expected, self.actual, self.sentence) = (expected, actual, sentence)
  }

  init(_ fault: some Fault, index: Int? = nil, place: String? = nil) {
    self.init(fault.code, index: index, place: place, fault.sentence)
  }
}

extension Finding: CustomStringConvertible {
  /// The command to run next.
  public var next: String {
    switch code {
    case "genesis_differs": "ask the log's operators which genesis is theirs; trust neither before"
    case "validator_guilty": "twinergy governance propose --remove NAME --source SOURCE --key vote"
    case "checkpoint_missing": "twinergy log stats SOURCE"
    default:
      index.map { "twinergy log show SOURCE --from \($0) --count 1" }
        ?? "twinergy audit verify a second copy of the log"
    }
  }

  /// The finding on one line: code, where, what, and what to do.
  public var description: String {
    let location = [index.map { "entry \($0)" }, place].compactMap(\.self).joined(separator: ", ")
    return "\(code)\(location.isEmpty ? "" : " (\(location))"): \(sentence)\n  next: \(next)"
  }
}
