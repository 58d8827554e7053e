import Cryptography
import Encoding

/// Which checkpoints to believe (C2SP tlog-policy): those of which logs, cosigned by which witnesses.
///
/// A policy knows the keys of one moment. For old checkpoints of a log whose validators have changed since, keep the policy
/// of that time with the proofs.
public struct TrustPolicy: Sendable {
  /// The longest policy in bytes.
  public static let maximumLength = 65_536
  /// The most logs, the most witnesses and the most groups.
  public static let maximumCount = 256

  /// When a checkpoint has been witnessed.
  indirect enum Rule: Sendable {
    /// Always: no cosignature is asked for.
    case always
    /// When this key has cosigned; never where the key's type cannot be verified.
    case cosigned(VerifierKey?)
    /// When at least so many of these hold.
    case group(threshold: Int, [Rule])

    func holds(for signers: Set<VerifierKey>) -> Bool {
      switch self {
      case .always: true
      case .cosigned(let key): key.map(signers.contains) ?? false
      case .group(let threshold, let members): members.count { $0.holds(for: signers) } >= threshold
      }
    }
  }

  /// The log whose checkpoints alone are believed; nil where any of ``logs`` is good.
  let origin: String?
  /// Keys of which one must have signed, under the checkpoint's origin; empty where ``origin`` says which log is meant.
  let logs: [VerifierKey?]
  /// All keys that may cosign.
  let witnesses: [VerifierKey]
  /// Which of them must.
  let quorum: Rule
  /// What to do where they have not, for whoever is told.
  private var advice = ""

  init(origin: String?, logs: [VerifierKey?], witnesses: [VerifierKey], quorum: Rule) {
    (self.origin, self.logs, self.witnesses, self.quorum) = (origin, logs, witnesses, quorum)
  }

  /// The policy of a log while those of its genesis decide: a quorum of them have cosigned.
  public init(_ genesis: Genesis) {
    self.init(origin: genesis.origin, genesis.validators)
    advice =
      " of the genesis' validators; where others decide since, `twinergy governance policy SOURCE --genesis FILE` writes the "
      + "policy to trust, with --policy FILE --origin \(genesis.origin)"
  }

  /// The policy of the log of `origin` while these decide: a quorum of them have cosigned.
  public init(origin: String, _ validators: ValidatorSet) {
    let keys = validators.validators.map(\.cosign)
    self.init(
      origin: origin, logs: [], witnesses: keys,
      quorum: .group(threshold: validators.quorum, keys.map { .cosigned($0) }))
  }

  /// Refuses a checkpoint that this policy does not believe; answers the names of those who have signed it.
  @discardableResult
  public func require(_ checkpoint: CosignedCheckpoint) throws(LogError) -> [String] {
    if let origin { try checkpoint.checkpoint.require(origin) }
    let signers = try checkpoint.verify(witnesses + logs.compactMap(\.self))
    let isOfLog = logs.contains { log in
      log.map { signers.contains($0) && $0.name.isSame(as: checkpoint.checkpoint.origin) } ?? false
    }
    guard logs.isEmpty || isOfLog else {
      throw LogError(.quorum, "none of the policy's logs has signed this checkpoint under its origin")
    }
    guard quorum.holds(for: signers) else {
      let names = signers.map(\.name).sorted()
      throw LogError(
        .quorum,
        "the checkpoint is cosigned by \(names.isEmpty ? "nobody that counts" : names.joined(separator: ", ")), "
          + "and that is no quorum\(advice)")
    }
    return signers.map(\.name).sorted()
  }

  /// The policy file of a log, for verifiers that know nothing of a genesis.
  public static func text(_ genesis: Genesis) -> [UInt8] { text(origin: genesis.origin, genesis.validators) }

  /// The policy file of the log of `origin` while these decide.
  public static func text(origin: String, _ set: ValidatorSet) -> [UInt8] {
    var text =
      "# A checkpoint of \(origin) counts when \(set.quorum) of its \(set.validators.count) validators have cosigned it.\n"
    for (number, validator) in set.validators.enumerated() {
      text += "witness validator-\(number + 1) \(validator.cosign)\n"
    }
    let members = (1...set.validators.count).map { " validator-\($0)" }.joined()
    text += "group validators \(set.quorum)\(members)\nquorum validators\n"
    return Array(text.utf8)
  }
}
