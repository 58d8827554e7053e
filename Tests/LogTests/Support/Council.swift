import Cryptography
import Encoding
import Quantities

@testable import Log

/// Validators that govern a log, without the log.
struct Council {
  static let start = Instant(milliseconds: 1_780_000_000_000)

  let genesis: Genesis
  var governance: Governance
  /// The index of the next leaf.
  var index = 1

  /// A log of `count` validators, called v0, v1 …, with root keys if told so, and the author's keys k0, k1 … of `keys`.
  init(_ count: Int, keys: Int = 0, hasRoots: Bool = false) throws {
    let validators = try (0..<count).map { try Self.validator("v\($0)", hasRoot: hasRoots) }
    let grants = try validators.flatMap { validator in
      [try Grant(key: validator.vote, roles: [RoleID("validator")])]
        + (try validator.root.map { [try Grant(key: $0, roles: [RoleID("root")])] } ?? [])
    }
    genesis = try Genesis(
      origin: "council.example/log", time: Self.start, validators: ValidatorSet(validators),
      grants: grants + (0..<keys).map { try Self.grant("k\($0)") }, parameters: .init(stateInterval: 16))
    governance = Governance(genesis)
  }

  static func secret(_ name: String) throws -> SecretKey {
    try SecretKey(seed: SHA256.hash(Array("council \(name)".utf8)).bytes)
  }

  static func id(_ name: String) throws -> KeyID { try secret(name).id }

  /// The validator `name`, whose keys are those of the letter of its incarnation.
  static func validator(_ name: String, _ letter: String = "", hasRoot: Bool = false) throws -> ValidatorSet.Validator {
    try ValidatorSet.Validator(
      name: name, vote: secret(name + letter).publicKey, cosign: secret(name + letter + " cosigns").publicKey,
      root: hasRoot ? secret(name + letter + " root").publicKey : nil)
  }

  static func grant(_ name: String) throws -> Grant {
    try Grant(key: secret(name).publicKey, roles: [RoleID("operator")])
  }

  /// The motion that `changes` hold after `delay` blocks, to be approved within a day.
  func motion(_ changes: Change..., after delay: Int = 1) throws -> Motion {
    try Motion(
      height: governance.height + delay, expires: governance.time.advanced(byMilliseconds: 86_400_000), changes: changes
    )
  }

  /// One entry with one event.
  mutating func say(_ author: String, _ event: GovernanceEvent) throws {
    try governance.apply(event, by: Self.id(author), at: index)
    index += 1
  }

  /// Ends the block, `seconds` after the one before.
  mutating func endBlock(after seconds: Int = 1) {
    index += 1
    governance.endBlock(size: index, time: governance.time.advanced(byMilliseconds: 1000 * seconds))
  }

  /// `motion`, decided by the first of the present validators.
  mutating func decide(_ motion: Motion) throws {
    let set = governance.validators
    for (place, validator) in set.validators.prefix(set.quorum).enumerated() {
      let event: GovernanceEvent = place == 0 ? .proposed(motion) : .approved(motion.name)
      try governance.apply(event, by: validator.vote.id, at: index)
      index += 1
    }
  }

  var names: [String] { governance.validators.validators.map(\.name) }
}
