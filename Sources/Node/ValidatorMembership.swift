import Community
import Cryptography
import Log

extension ValidatorKeys {
  /// Refuses keys that are not those of a validator of the next block of `ledger`, nor of one to come.
  func requireMembership(in ledger: Ledger) throws(NodeError) {
    guard belong(to: ledger.community.governance.validatorsToCome) else {
      throw .notValidator("\(name) with these keys is no validator of \(ledger.community.genesis.origin)")
    }
  }

  /// Refuses keys that are not those of the only validator of the next block of `ledger`.
  func requireAlone(in ledger: Ledger) throws(NodeError) {
    try requireMembership(in: ledger)
    guard areAlone(in: ledger.terms.present) else {
      let count = ledger.terms.present.validators.count
      throw .notValidator(
        count == 1
          ? "\(name) is no validator of \(ledger.community.genesis.origin) yet"
          : "\(ledger.community.genesis.origin) has \(count) validators; they must be reached")
    }
  }
}
