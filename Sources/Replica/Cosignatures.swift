import Cryptography
import Log
import Quantities

/// The validators' newest cosignatures, and the checkpoint on which a quorum of them agrees.
struct Cosignatures: Sendable {
  /// How many each validator's are held: as far as one may be behind another and still agree.
  static let depth = 16

  private var notes: [String: [CosignedCheckpoint]] = [:]

  /// Holds a validator's cosignature, which was verified.
  mutating func keep(_ checkpoint: CosignedCheckpoint, of name: String) {
    var held = notes[name, default: []]
    guard !held.contains(where: { $0.checkpoint == checkpoint.checkpoint }) else { return }
    held.append(checkpoint)
    held.sort { $0.checkpoint.size < $1.checkpoint.size }
    notes[name] = held.suffix(Self.depth)
  }

  /// Whether this very note is held.
  func holds(_ checkpoint: CosignedCheckpoint) -> Bool {
    notes[checkpoint.note.signatures.first?.name ?? ""]?.contains(checkpoint) ?? false
  }

  func newest(of name: String) -> CosignedCheckpoint? { notes[name]?.last }

  /// The newest checkpoint that a quorum of `validators` has cosigned, with their cosignatures together.
  ///
  /// - Parameter mine: the validator whose tree it must be: what others have decided is not on its disk yet.
  func final(_ validators: ValidatorSet, in mine: String) -> CosignedCheckpoint? {
    var signatures: [Checkpoint: [SignedNote.Signature]] = [:]
    for validator in validators.validators {
      for note in notes[validator.name] ?? [] { signatures[note.checkpoint, default: []] += note.note.signatures }
    }
    let known = Set((notes[mine] ?? []).map(\.checkpoint))
    let agreed = signatures.filter { $0.value.count >= validators.quorum && known.contains($0.key) }
    guard let newest = agreed.max(by: { $0.key.size < $1.key.size }) else { return nil }
    return CosignedCheckpoint(newest.key, signatures: newest.value)
  }
}

extension Replica {
  /// Takes another validator's cosignature.
  mutating func take(_ cosigned: CosignedCheckpoint) {
    let validators = consensus.validators
    guard cosigned.checkpoint.origin == consensus.chain, cosigned.note.signatures.count == 1,
      !cosignatures.holds(cosigned), let key = try? cosigned.verify(validators.validators.map(\.cosign)).first,
      key.name != keys.name
    else { return }
    cosignatures.keep(cosigned, of: key.name)
    finalize()
  }
}
