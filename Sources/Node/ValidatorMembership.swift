import Cryptography
import Log

extension ValidatorKeys {
  /// Refuses keys that are not those of a validator of `genesis`.
  func requireMembership(of genesis: Genesis) throws(NodeError) {
    let match = genesis.validators.validators.contains {
      $0.name == name && $0.vote == vote.publicKey && $0.cosign.key == cosign.publicKey
    }
    guard match else { throw .notValidator("\(name) with these keys is no validator of \(genesis.origin)") }
  }
}
