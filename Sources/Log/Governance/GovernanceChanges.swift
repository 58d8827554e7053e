import Cryptography
import Encoding
import Quantities

/// Carrying out what was decided.
extension Governance {
  /// Refuses `motion` unless it can hold from `height` on, and all that is scheduled can too.
  func rehearse(_ motion: Motion? = nil, at height: Int = 0) throws(LogError) {
    var trial = self
    trial.scheduled = []
    var coming = scheduled.map { ($0.height, $0.motion) }
    if let motion { coming.insert((height, motion), at: coming.firstIndex { $0.0 > height } ?? coming.count) }
    for (height, motion) in coming {
      trial.resume(after: height - 1, at: time)
      for change in motion.changes { try trial.carryOut(change, from: .max) }
    }
  }

  /// Carries out `change` from leaf `index` on.
  mutating func carryOut(_ change: Change, from index: Int) throws(LogError) {
    switch change {
    case .granted(let grant): try keys.grant(grant, from: index)
    case .revoked(let key):
      try keys.requireRevocable(key)
      guard !validators.validators.contains(where: { $0.vote.id == key || $0.root?.id == key }) else {
        throw LogError(.governance, "a validator's key is replaced by a change of validators, not revoked")
      }
      keys.revoke(key, at: index)
    case .added(let validator):
      guard place(of: validator.name) == nil else {
        throw LogError(.governance, "\(quoted(validator.name)) is a validator already")
      }
      try admit(validator, index)
      try begin(validators.validators + [validator], index)
    case .removed(let name):
      let place = try requirePlace(of: name)
      var others = validators.validators
      dismiss(others.remove(at: place), index)
      try begin(others, index)
    case .replaced(let validator): try replace(validator, index)
    case .parameters(let parameters): self.parameters = parameters
    }
  }

  private mutating func replace(_ validator: ValidatorSet.Validator, _ index: Int) throws(LogError) {
    let place = try requirePlace(of: validator.name)
    var all = validators.validators
    let before = all[place]
    try admit(validator, index)
    dismiss(validator.root == nil ? before.with(root: nil) : before, index)
    all[place] = validator.root == nil ? validator.with(root: before.root) : validator
    try begin(all, index)
  }

  private func place(of name: String) -> Int? { validators.validators.firstIndex { $0.name.isSame(as: name) } }

  private func requirePlace(of name: String) throws(LogError) -> Int {
    guard let place = place(of: name) else { throw LogError(.governance, "\(quoted(name)) is no validator") }
    return place
  }

  /// Grants the keys of a new validator.
  private mutating func admit(_ validator: ValidatorSet.Validator, _ index: Int) throws(LogError) {
    guard keys.holder(validator.cosign.key.id) == nil else {
      throw LogError(.governance, "the cosigning key of \(quoted(validator.name)) was granted for something else")
    }
    try keys.grant(Self.grant(validator.vote, .votingRole), from: index)
    if let root = validator.root { try keys.grant(Self.grant(root, .rootRole), from: index) }
  }

  private static func grant(_ key: PublicKey, _ role: RoleID) throws(LogError) -> Grant {
    try Grant(key: key, roles: [role])
  }

  /// Revokes the keys of a validator that leaves.
  private mutating func dismiss(_ validator: ValidatorSet.Validator, _ index: Int) {
    keys.revoke(validator.vote.id, at: index)
    if let root = validator.root { keys.revoke(root.id, at: index) }
  }

  private mutating func begin(_ all: [ValidatorSet.Validator], _ index: Int) throws(LogError) {
    do {
      terms.begin(.init(from: height, first: index, validators: try ValidatorSet(all)))
    } catch {
      throw LogError(.governance, error.sentence)
    }
  }
}

extension RoleID {
  static let votingRole = role("validator")
  static let rootRole = role("root")

  private static func role(_ text: String) -> RoleID {
    guard let role = try? RoleID(text) else { preconditionFailure("\(text) is not the name of a role") }
    return role
  }
}
