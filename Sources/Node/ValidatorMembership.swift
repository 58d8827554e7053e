import Community
import Cryptography
import Log
import Storage

extension Company {
  /// Refuses to have the only validator of `ledger` decide, as far as `store` knows, where the file may lack how the log went on:
  /// others may decide since.
  func requireVoucher(of store: LogStore, _ ledger: Ledger, _ keys: ValidatorKeys) throws(NodeError) {
    guard keys.areAlone(in: ledger.terms.present) else { return }
    let vouches = try asNode { () throws(StorageError) in try store.vouches() }
    guard vouches, !isRestored else {
      throw .peersUnread(
        "this file may lack how the log went on, and no peer's log can be read; start it again when one can, or once without consensus-nats if nobody else has ever decided"
      )
    }
  }
}

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
