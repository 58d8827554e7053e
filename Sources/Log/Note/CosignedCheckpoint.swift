import Cryptography
import Quantities

/// A checkpoint with the cosignatures of validators (C2SP tlog-cosignature, `cosignature/v1`).
///
/// A cosignature says that the tree is consistent with all that its signer saw before. That its facts are valid is what
/// Twinergy's validators check before they vote.
public struct CosignedCheckpoint: Sendable, Equatable {
  /// The tree.
  public let checkpoint: Checkpoint
  /// The note, as published.
  public let note: SignedNote

  /// Reads a published checkpoint; signatures are checked by ``verify(_:)``.
  public init(_ bytes: [UInt8]) throws(LogError) {
    note = try SignedNote(bytes)
    checkpoint = try Checkpoint(text: note.text)
  }

  /// `checkpoint`, cosigned at `time` by each of `signers`.
  public init(_ checkpoint: Checkpoint, at time: Instant, by signers: [(name: String, key: SecretKey)]) throws(LogError)
  {
    var signatures: [SignedNote.Signature] = []
    for signer in signers {
      let key = try VerifierKey(name: signer.name, key: signer.key.publicKey)
      let signature = signer.key.sign(Self.message(checkpoint.text, seconds: time.seconds))
      let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time.seconds >> (56 - 8 * $0)) }
      signatures.append(.init(name: signer.name, keyID: key.id, bytes: stamp + signature))
    }
    self.checkpoint = checkpoint
    note = SignedNote(text: checkpoint.text, signatures: signatures)
  }

  /// `checkpoint` with `signatures` that were read from other notes on it.
  public init(_ checkpoint: Checkpoint, signatures: [SignedNote.Signature]) {
    self.checkpoint = checkpoint
    note = SignedNote(text: checkpoint.text, signatures: signatures)
  }

  /// The published text.
  public var bytes: [UInt8] { Array(note.description.utf8) }

  /// Those of `keys` that have signed.
  ///
  /// Unknown keys are ignored; a known key's signature that does not verify refuses the note.
  public func verify(_ keys: [VerifierKey]) throws(LogError) -> Set<VerifierKey> {
    let known = keys.map { (key: $0, id: $0.id) }
    var signers = Set<VerifierKey>()
    for signature in note.signatures {
      guard let key = known.first(where: { $0.id == signature.keyID && $0.key.name.isSame(as: signature.name) })?.key
      else { continue }
      guard isValid(signature.bytes, of: key) else {
        throw LogError(.signature, "the signature of \(key.name) on the checkpoint does not verify")
      }
      signers.insert(key)
    }
    return signers
  }

  private func isValid(_ signature: [UInt8], of key: VerifierKey) -> Bool {
    switch key.kind {
    case .note: return key.key.isValid(signature[...], over: Array(note.text.utf8)[...])
    case .cosignature:
      guard signature.count == 8 + SecretKey.signatureLength else { return false }
      let seconds = signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return seconds <= Int64.max
        && key.key.isValid(signature[8...], over: Self.message(note.text, seconds: seconds)[...])
    }
  }

  private static func message(_ text: String, seconds: some BinaryInteger) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
  }
}
