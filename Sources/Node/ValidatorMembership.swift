import Community
import Cryptography
import Log

extension ValidatorKeys {
  /// Refuses keys that are not those of a validator of the next block of `ledger`.
  func requireMembership(in ledger: Ledger) throws(NodeError) {
    let match = ledger.terms.present.validators.contains {
      $0.name == name && $0.vote == vote.publicKey && $0.cosign.key == cosign.publicKey
    }
    guard match else {
      throw .notValidator("\(name) with these keys is no validator of \(ledger.community.genesis.origin)")
    }
  }

  /// Refuses keys that are not those of the only validator of the next block of `ledger`.
  func requireAlone(in ledger: Ledger) throws(NodeError) {
    try requireMembership(in: ledger)
    let count = ledger.terms.present.validators.count
    guard count == 1 else {
      throw .notValidator("\(ledger.community.genesis.origin) has \(count) validators; they must be reached")
    }
  }
}
