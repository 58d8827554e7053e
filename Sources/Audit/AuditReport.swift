import Cryptography
import Log

/// What an auditor says of a log.
public struct AuditReport: Sendable {
  /// The most findings that are listed; a log that is wrong everywhere is wrong.
  public static let maximumFindings = 100

  /// The log's name, where its genesis can be read.
  public internal(set) var origin: String?
  /// How many leaves the checkpoint says there are.
  public internal(set) var size = 0
  /// How many leaves were read.
  public internal(set) var read = 0
  /// How many entries of authors.
  public internal(set) var entries = 0
  /// How many blocks.
  public internal(set) var blocks = 0
  /// How many signatures were verified.
  public internal(set) var signatures = 0
  /// The root that the leaves hash to.
  public internal(set) var root: Digest?
  /// Which validators have cosigned the checkpoint.
  public internal(set) var cosigners: [String] = []
  /// What is wrong, in the order in which it was found.
  public internal(set) var findings: [Finding] = []
  /// What the log itself proves of those who decide it: the log is good, and a validator is not.
  public internal(set) var notices: [Finding] = []
  /// Who decides and who did; nil where the genesis cannot be read.
  public internal(set) var terms: ValidatorTerms?

  /// Whether nothing is wrong.
  public var isGood: Bool { findings.isEmpty }

  mutating func add(_ finding: Finding) {
    if findings.count < Self.maximumFindings { findings.append(finding) }
  }
}
