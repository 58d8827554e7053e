import Cryptography
import Encoding
import Foundation
import Node

/// The keys of a demonstration: real keys of this data directory, sealed under a passphrase that it made itself.
///
/// The authors' keys are derived from one sealed key, so that a demonstration that was interrupted signs the same bytes
/// again. Outside a demonstration each author keeps a key of its own.
struct DemoKeys {
  static let validatorName = "community"

  let validator: ValidatorKeys
  private let master: SecretKey

  /// Opens the keys in `directory`, or makes them.
  init(_ directory: String) throws {
    let files = KeyFiles(directory: directory + "/keys")
    let passphraseFile = directory + "/keys/passphrase"
    if !FileManager.default.fileExists(atPath: passphraseFile) {
      try KeyFiles.write(Array(Hex.encode(KeyFiles.random(32)).utf8) + [0x0A], to: passphraseFile)
    }
    let passphrase = try Passphrase.read(file: passphraseFile)
    func key(_ name: String) throws -> SecretKey {
      files.exists(name)
        ? try files.open(name, passphrase: passphrase)
        : try files.make(name, passphrase: passphrase, cost: .interactive)
    }
    validator = ValidatorKeys(name: Self.validatorName, vote: try key("vote"), cosign: try key("cosign"))
    master = try key("authors")
  }

  /// The key of the author `name`.
  func author(_ name: String) throws -> SecretKey {
    let derived = SHA256.hash(Array("twinergy demo author\n\(name)\n".utf8) + master.seed)
    return try SecretKey(seed: derived.bytes)
  }
}
