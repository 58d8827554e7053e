import Cryptography
import Foundation
import Log
import Node
import Storage

/// Secret keys on the disk: sealed under a passphrase, readable by their owner alone.
struct KeyFiles {
  /// Where they are.
  let directory: String

  /// Whether the key `name` is there.
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  private func path(_ name: String) -> String { "\(directory)/\(name).key" }

  /// Makes the key `name` of fresh randomness.
  func make(_ name: String, passphrase: [UInt8], cost: SealedKey.Cost) throws -> SecretKey {
    let key = try SecretKey(seed: Self.random(SecretKey.seedLength))
    try seal(key, name, passphrase: passphrase, cost: cost)
    return key
  }

  /// Keeps `key` as the key `name`, which must not be there yet.
  func seal(_ key: SecretKey, _ name: String, passphrase: [UInt8], cost: SealedKey.Cost) throws {
    let sealed = try SealedKey(
      key, passphrase: passphrase, salt: Self.random(SealedKey.saltLength), nonce: Self.random(SealedKey.nonceLength),
      cost: cost)
    try Self.write(sealed.bytes + [0x0A], to: path(name))
  }

  /// Reads the key `name` without opening it.
  func sealed(_ name: String) throws -> SealedKey {
    guard let data = FileManager.default.contents(atPath: path(name)) else {
      throw CryptoError.secretKey("there is no key file \(path(name))")
    }
    return try SealedKey([UInt8](data))
  }

  /// Opens the key `name`.
  func open(_ name: String, passphrase: [UInt8]) throws -> SecretKey {
    try sealed(name).open(passphrase: passphrase)
  }

  /// `count` bytes from the operating system.
  static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Writes a secret file that must not be there yet.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      atPath: parent.isEmpty ? "." : parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Never seen by others, whole on the disk before it has its name, and never in place of another.
    let unfinished = path + ".new"
    let descriptor = Glibc.open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(unfinished) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
    guard link(unfinished, path) == 0 else { throw failure(path) }
    unlink(unfinished)
  }

  private static func failure(_ path: String) -> StorageError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }

  /// The keys of the validator of `genesis`, or of those who decide `now` or will, whose vote.key this directory holds.
  func validator(
    of genesis: Genesis, passphrase: [UInt8], now: () throws -> [ValidatorSet.Validator]
  ) throws -> ValidatorKeys {
    let vote = try open("vote", passphrase: passphrase)
    guard
      let validator = try genesis.validators.validator(voting: vote.id) ?? now().first(where: { $0.vote.id == vote.id })
    else { throw NodeError.notValidator("\(path("vote")) is the key of no validator of \(genesis.origin)") }
    return ValidatorKeys(name: validator.name, vote: vote, cosign: try open("cosign", passphrase: passphrase))
  }
}
