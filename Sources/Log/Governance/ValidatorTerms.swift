import Cryptography

/// Who decides, from the first block on: the one answer to "who are the validators at this height".
///
/// A function of the log: it begins with the genesis' validators, and each change that a quorum has approved begins a term.
public struct ValidatorTerms: Sendable, Equatable {
  /// The time of office of one set of validators.
  public struct Term: Sendable, Equatable {
    /// The first height that they decide.
    public let from: Int
    /// The index of the first leaf of that block: trees of more leaves are theirs to cosign.
    public let first: Int
    /// Who they are.
    public let validators: ValidatorSet
  }

  /// All terms, the genesis' first.
  public private(set) var terms: [Term]

  /// The terms of a log in which nothing has changed.
  public init(_ validators: ValidatorSet) { terms = [Term(from: 1, first: 1, validators: validators)] }

  /// The validators of the newest term.
  public var present: ValidatorSet { terms.last!.validators }

  /// The validators that decide the block at `height`.
  public func validators(at height: Int) -> ValidatorSet {
    (terms.last { $0.from <= height } ?? terms[0]).validators
  }

  /// The validators that cosign the tree of `size` leaves, which ends with a block of theirs.
  public func validators(ofTree size: Int) -> ValidatorSet {
    (terms.last { $0.first < size } ?? terms[0]).validators
  }

  /// Refuses a checkpoint that fewer than a quorum of the validators of its tree have cosigned.
  public func requireQuorum(on checkpoint: CosignedCheckpoint) throws(LogError) {
    try validators(ofTree: checkpoint.checkpoint.size).requireQuorum(on: checkpoint)
  }

  /// The validator that votes or ever voted with the key called `id`.
  public func validator(voting id: KeyID) -> ValidatorSet.Validator? {
    for term in terms.reversed() {
      if let validator = term.validators.validator(voting: id) { return validator }
    }
    return nil
  }

  /// Begins a term; one that begins at the same height takes its place.
  mutating func begin(_ term: Term) {
    if terms.count > 1, terms.last!.from == term.from { terms.removeLast() }
    terms.append(term)
  }
}
