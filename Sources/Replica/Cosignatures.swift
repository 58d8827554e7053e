import Cryptography
import Log
import Quantities

/// The validators' newest cosignatures, and the checkpoint on which a quorum of its validators agrees.
struct Cosignatures: Sendable {
  /// How many each validator's are held: as far as one may be behind another and still agree.
  static let depth = 16

  /// A tree that this machine has on its disk.
  private struct Decided: Sendable {
    var mine: CosignedCheckpoint
    var validators: ValidatorSet
  }

  /// The newest ones, in their order.
  private var decided: [Decided] = []
  private var notes: [VerifierKey: [CosignedCheckpoint]] = [:]

  /// Holds the checkpoint of a tree that `validators` decided and this machine has stored; only such a tree becomes final
  /// here.
  mutating func decided(_ checkpoint: CosignedCheckpoint, by validators: ValidatorSet, keys: ValidatorKeys) {
    decided = (decided + [Decided(mine: checkpoint, validators: validators)]).suffix(Self.depth)
    // Whoever left takes its notes along.
    let known = Set(decided.flatMap { $0.validators.validators.map(\.cosign) })
    for key in notes.keys where !known.contains(key) { notes[key] = nil }
    let own = validators.validators.first { $0.cosign.key == keys.cosign.publicKey && $0.name == keys.name }
    if let own { keep(checkpoint, of: own.cosign) }
  }

  /// Holds a validator's cosignature, which was verified.
  mutating func keep(_ checkpoint: CosignedCheckpoint, of key: VerifierKey) {
    var held = notes[key, default: []]
    guard !held.contains(where: { $0.checkpoint == checkpoint.checkpoint }) else { return }
    held.append(checkpoint)
    held.sort { $0.checkpoint.size < $1.checkpoint.size }
    notes[key] = held.suffix(Self.depth)
  }

  /// Whether this very note is held.
  func holds(_ checkpoint: CosignedCheckpoint, of key: VerifierKey) -> Bool {
    notes[key]?.contains(checkpoint) ?? false
  }

  /// This machine's newest.
  var mine: CosignedCheckpoint? { decided.last?.mine }

  /// Who decided the tree, where it is known here.
  func deciders(of checkpoint: Checkpoint) -> ValidatorSet? {
    decided.last { $0.mine.checkpoint == checkpoint }?.validators
  }

  /// The newest checkpoint that a quorum of its validators has cosigned, with their cosignatures together.
  var final: CosignedCheckpoint? {
    for (mine, validators) in decided.reversed().map({ ($0.mine.checkpoint, $0.validators) }) {
      let signatures = validators.validators.flatMap { validator in
        (notes[validator.cosign] ?? []).filter { $0.checkpoint == mine }.flatMap(\.note.signatures)
      }
      if signatures.count >= validators.quorum { return CosignedCheckpoint(mine, signatures: signatures) }
    }
    return nil
  }
}

extension Replica {
  /// Takes another validator's cosignature.
  mutating func take(_ cosigned: CosignedCheckpoint) {
    // Of a tree that is not decided here yet, the present validators are as good a guess as any; it will come again.
    let validators = cosignatures.deciders(of: cosigned.checkpoint) ?? consensus.validators
    guard cosigned.checkpoint.origin == consensus.chain, let signature = cosigned.note.signatures.first,
      cosigned.note.signatures.count == 1,
      let key = validators.validators.map(\.cosign).first(where: { $0.name == signature.name }),
      key.name != keys.name, !cosignatures.holds(cosigned, of: key), (try? cosigned.verify([key])) == [key]
    else { return }
    cosignatures.keep(cosigned, of: key)
    finalize()
  }
}
