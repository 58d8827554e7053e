import Community
import Consensus
import Cryptography
import Log

extension Replica {
  /// What reaches a validator.
  public enum Input: Sendable {
    /// An author's entry, submitted here.
    case submit(EntryFacts)
    /// A packet from the validator called `from`; that name is the transport's word and no more.
    case receive(Packet, from: String)
    /// A wait is over.
    case timeout(Timeout)
    /// A second has passed: time to send again what others may lack.
    case tick
  }

  /// What a validator must do, one after the other: nothing after a write may happen before the write is on the disk.
  public enum Effect: Sendable {
    /// Write this packet, the validator's own word at this height, to the disk.
    case persist(Packet, height: Int)
    /// Write this block and the packet that proves it to the disk, and forget what was persisted for its height.
    case commit(SealedBlock, proof: Packet)
    /// The checkpoint is final: a quorum has cosigned it. Receipts may go out up to its size.
    case publish(CosignedCheckpoint)
    /// Send to all other validators.
    case broadcast(Packet)
    /// Send to one.
    case send(Packet, to: String)
    /// Read the proof of the block at `height` from the disk and send it to one.
    case serve(height: Int, to: String)
    /// Hand the timeout back after its time.
    case schedule(Timeout)
    /// An entry that was submitted here is not taken.
    case refuse(EntryFacts, ReplicaRefusal)
    /// A validator has contradicted itself.
    case accuse(Evidence)
    /// The validator votes no more; what was final it goes on serving.
    case halt(Divergence)
  }

  /// Checks a line's signature.
  public typealias Verify = @Sendable (SignedLine, PublicKey) -> Bool
}

/// What this validator finds otherwise than those who decided.
public struct Divergence: Sendable, Equatable {
  /// What differs.
  public let sentence: String
  /// The block after which this validator's state has another digest than theirs, where that is what differs.
  public let height: Int?
  /// The leaves whose entries made the state differ: those after the last digest on which all agreed.
  public let leaves: Range<Int>?
}

/// Why an entry that was submitted to a validator is not taken.
public enum ReplicaRefusal: Error, Sendable {
  /// It does not belong in the log, or an event of it may not happen.
  case refused(Refusal)
  /// Too many wait.
  case busy
  /// The validator votes no more.
  case halted
}
